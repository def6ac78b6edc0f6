"""What is written on the blank beside an option: 其他，说明为“农业育苗”; 其他→养老; 其他 写养殖两个字."""

_LED = (
    r"(?:吧|了|那栏|这栏|那项|这项|那格|里|类)?[\s,，:;(（“”\"'→>\-]{0,8}"
    r"(?:[她他]们?[说让讲叫]|客户说|老板说|就|再|后[面头边]|旁边|边上|括号里|空[里上]|说明里?|备注里?){0,2}(?:写|填|说明|注明|标注|注|备注|补充?|是)?(?:上|成|明|个|为|作|的?是|一下)?[\s:：“”\"']{0,8}"
)
"""Between the option and its note."""
_END = (
    r"(?:[两三四五几]个字|这[两三四五几]?个?字|字样)?[”\"']?(?:吧|好了|就行|就好|就可以|啦|呗)?"
    r"(?![\u4e00-\u9fffA-Za-z0-9])"
)
BESIDE = rf"{_LED}(?P<note>[\u4e00-\u9fffA-Za-z0-9]{{2,40}}?){_END}"
"""A pattern to be put behind that of the option; `note` is what is to be written."""
