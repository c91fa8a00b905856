"""What is to be thought of a trained network, measured on samples whose answers are known."""
