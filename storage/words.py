"""The words in which people gave their answers (原话): kept beside a submission under a key of their own, and not as long."""

from collections.abc import Mapping

from model.submission import Submission


def without_words(submission: Submission) -> tuple[Submission, dict[str, str]]:
    """The submission without the words in which its answers were given, and those words by field."""
    words = {name: answer.source for name, answer in submission.answers.items() if answer.source}
    answers = {name: answer.model_copy(update={"source": ""}) for name, answer in submission.answers.items()}
    return submission.model_copy(update={"answers": answers}), words


def with_words(submission: Submission, words: Mapping[str, str]) -> Submission:
    """The submission with them again; a field without words has none."""
    answers = {
        name: answer.model_copy(update={"source": words.get(name, "")}) for name, answer in submission.answers.items()
    }
    return submission.model_copy(update={"answers": answers})
