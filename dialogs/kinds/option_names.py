"""What the options of a choice are called, found in a text: a county may know tens of thousands of ways to say them."""

from functools import cached_property

from dialogs.derived import derived
from dialogs.folding import plainly
from model.fields import ChoiceField, Option


class OptionNames:
    """The names of all options of a field; the first option that has a name is meant by it."""

    def __init__(self, field: ChoiceField) -> None:
        """Collects them, an option's own text before its words."""
        self._options: dict[str, Option] = {}
        for option in field.options:
            for name in (option.text, *option.words):
                self._options.setdefault(name, option)
        self._rank = {name: rank for rank, name in enumerate(sorted(self._options, key=len, reverse=True))}
        self._longest = max(map(len, self._options), default=0)

    def inside(self, text: str) -> list[tuple[str, Option]]:
        """The names that stand somewhere in the text, the longest first. Looks up the parts of the text, not each name."""
        found = {
            part
            for start in range(len(text))
            for end in range(start + 1, min(len(text), start + self._longest) + 1)
            if (part := text[start:end]) in self._options
        }
        return [(name, self._options[name]) for name in sorted(found, key=self._rank.__getitem__)]

    @cached_property
    def plain(self) -> frozenset[str]:
        """The names as whole messages are compared with them."""
        return plainly(self._options)

    def __contains__(self, name: str) -> bool:
        """Whether an option is called so."""
        return name in self._options


option_names = derived(OptionNames)
"""The names of a field's options."""
