"""Lessons: files that a person reads, that set a run up, ask for one thing at a time, and can be proved.

blocks, fields     what stands in a file, with the lines it stands in
lesson, tasks      what a lesson is
condition          what a run is to reach, as text and as a pure judgment of its record
reading            a file as a Lesson, or as all that is wrong with it
course             the lessons of a folder, in their order and in a person's language
"""
