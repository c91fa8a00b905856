from __future__ import annotations

import numpy as np
import pytest

from tui_nn.engine.roc import roc


def samples(n_levels: int) -> tuple[np.ndarray, np.ndarray]:
    """Return classes, and scores with ties that know something of them."""
    rng = np.random.default_rng(n_levels)
    positive = rng.random(300) < 0.3
    return positive, np.round((rng.normal(size=300) + positive) * n_levels) / n_levels


@pytest.mark.parametrize("n_levels", [1, 3, 10**6])
def test_the_area_is_the_chance_that_a_positive_scores_above_a_negative(n_levels: int) -> None:
    positive, scores = samples(n_levels)
    differences = scores[positive][:, None] - scores[~positive]
    found = roc(positive, scores)

    assert found is not None
    assert found.area == pytest.approx((np.sign(differences).mean() + 1) / 2, abs=1e-12)


@pytest.mark.parametrize("n_levels", [1, 3, 10**6])
def test_curve_and_area_agree_with_scikit_learn(n_levels: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    positive, scores = samples(n_levels)
    found = roc(positive, scores)
    false, true, _ = metrics.roc_curve(positive, scores, drop_intermediate=False)

    assert found is not None
    np.testing.assert_allclose(found.false_positive_rate, false, atol=1e-9)
    np.testing.assert_allclose(found.true_positive_rate, true, atol=1e-9)
    assert found.area == pytest.approx(metrics.roc_auc_score(positive, scores), abs=1e-9)


def test_one_class_alone_has_no_curve() -> None:
    assert roc([True, True], [0.1, 0.9]) is None
    assert roc([False, False], [0.1, 0.9]) is None
