"""How well does the engine read? All questions about precision and recall, with one engine.

    python -m benchmarks.quality [--data FOLDER] [--errors N] [--half even|odd] [--stream FILE]

Each question is a module that can be asked by itself; what is wanted stands there. Figures come in halves: the even
one was at hand while the engine was tuned, the odd one was left unread, and says more of the next article.
"""

from __future__ import annotations

from benchmarks import (
    added_lists,
    calibration,
    crosslist,
    headlines,
    identity,
    languages,
    mentions,
    name_pairs,
    news2,
    own_names,
    reported,
    stories,
    whole,
)
from benchmarks.asked import Question, answer

#: In the order in which they are answered; those that read the same articles stand together, for the words are known.
QUESTIONS: tuple[Question, ...] = (
    mentions.show,
    whole.show,
    news2.show,
    crosslist.show,
    languages.show,
    calibration.show,
    headlines.show,
    own_names.show,
    reported.show,
    name_pairs.show,
    identity.show,
    added_lists.show,
    stories.show,
)

if __name__ == "__main__":
    answer(__doc__, *QUESTIONS)
