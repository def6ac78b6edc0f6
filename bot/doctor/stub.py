"""The `templates` of an accounts file to be filled in: one word for each kind of template, to be replaced everywhere at once."""

import json
from collections.abc import Collection, Mapping

from bot.doctor.mapping import Fields, by_fields, is_written


def stub(mapped: Mapping[str, str], ours: Mapping[str, Fields], by_consent: Collection[str] = ()) -> list[str]:
    """What the words stand for, and the object. What is mapped stays, and serves every name that fills the same fields; the
    others get a word for their fields, but for those that go `by_consent` (订阅通知).
    """
    kept = {name: template for name, template in mapped.items() if name in ours and is_written(template)}
    serving = {ours[name]: template for name, template in kept.items()}
    open_names = set(ours) - kept.keys() - set(by_consent)
    filled = {name: serving[ours[name]] for name in open_names if ours[name] in serving}
    legend = list[str]()
    for number, (fields, names) in enumerate(by_fields(open_names - filled.keys(), ours), 1):
        word = f"编号{number:02}"
        legend.append(f"{word}：要有 {'、'.join(fields)}（{len(names)} 个名字）")
        filled |= dict.fromkeys(names, word)
    if not filled:
        return ["每个名字都写了模板编号，没有要补的。"]
    made = json.dumps(dict(sorted((filled | kept).items())), ensure_ascii=False, indent=1)
    how = ["每一种在后台选一个模板，把“编号01”这样的字全部换成它的编号，再放进清单："] if legend else ["放进清单："]
    return [*legend, *how, f'"templates": {made}']
