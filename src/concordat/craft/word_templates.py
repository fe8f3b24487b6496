"""Word out, from a template that a partner edited: it prints, tests and loops, and no more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from concordat.craft import office
from concordat.kernel.errors import Fault, Invalid

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import Environment

_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")


def fill(data: bytes, context: Mapping[str, Any]) -> bytes:
    """A partner's Word template filled in. Invalid names what a template may not do, and every
    place-holder that has no value."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    environment = _environment()
    _check_template(data, context, environment)
    template = DocxTemplate(BytesIO(data))
    try:
        with office.reading("template"):
            template.render(dict(context), jinja_env=environment, autoescape=True)
    except TemplateError as error:
        raise Invalid(f"The template cannot be filled: {error.message}") from error
    _unescape(template)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def _unescape(template: DocxTemplate) -> None:
    """Properties are plain text, but the library fills them as if they were markup."""
    properties = template.docx.core_properties
    for name in _PROPERTIES:
        setattr(properties, name, unescape(getattr(properties, name) or "")[:255])


def _environment() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def place_holders(data: bytes) -> frozenset[str]:
    """The names that a template asks for; Invalid if it would do more than print them."""
    return _check_template(data, None, _environment())


def _check_template(
    data: bytes, context: Mapping[str, Any] | None, environment: Environment
) -> frozenset[str]:
    from docxtpl import DocxTemplate
    from jinja2 import TemplateSyntaxError, meta

    archive = office.check(data, "docx")
    if any(archive.sized(name) > 8 << 20 for name in archive.names if name.endswith(".xml")):
        raise Invalid("The template is too long.", mend="Keep long texts out of the template.")
    faults: list[Fault] = []
    asked: set[str] = set()
    with office.reading("template"):
        texts = _texts(DocxTemplate(BytesIO(data)))
    for place, xml in texts:
        lined = _lined(xml)
        try:
            tree = environment.parse(lined)
        except TemplateSyntaxError as error:
            said = f"The place-holder is miswritten: {error.message}"
            faults.append(_fault(said, place, lined, error.lineno))
            continue
        dangers = [*_dangers(tree), *_loops(tree)]
        faults += [_fault(said, place, lined, line) for line, said in dangers]
        # Looking for names works out constant expressions, so a danger must be known before.
        asked |= set() if dangers else meta.find_undeclared_variables(tree)
    if context is not None:
        faults += [
            Fault(f"The place-holder '{name}' has no value.", field=name)
            for name in sorted(asked - set(context))
        ]
    if faults:
        raise Invalid(faults)
    return frozenset(asked)


def _lined(xml: str) -> str:
    """The same part with each place-holder at the start of a line, so that its line names it."""
    return re.sub(r"(?=\{[{%])", "\n", xml.replace("\n", " "))


def _fault(said: str, place: str, lined: str, number: int) -> Fault:
    """What is wrong, with the place-holder as it was written and the words that stand before it."""
    lines = lined.split("\n")
    found = re.match(r"\{([{%]).*?[}%]\}", lines[number - 1]) if 0 < number <= len(lines) else None
    before = re.sub(r"\{[{%].*?[}%]\}", " ", "\n".join(lines[: number - 1]), flags=re.S)
    words = unescape(re.sub(r"<[^>]*>", " ", before)).split()[-_WORDS_BEFORE:]
    where = f"{place}, after “{' '.join(words)}”" if words else place
    written = unescape(re.sub(r"<[^>]*>", "", found[0])) if found else ""
    return Fault(said, place=where, mend=f"Take {written[:_LONGEST_SHOWN]} out." if written else "")


def _texts(template: DocxTemplate) -> list[tuple[str, str]]:
    """Every part in which the library looks for place-holders, as it will read it."""
    template.init_docx()
    texts = [("the text", template.patch_xml(template.get_xml()))]
    for uri, name in ((template.HEADER_URI, "the header"), (template.FOOTER_URI, "the footer")):
        for _, part in template.get_headers_footers(uri):
            texts.append((name, template.patch_xml(template.get_part_xml(part))))
    for part in template.docx._part.package.parts:
        if str(part.partname).endswith(("footnotes.xml", "endnotes.xml")):
            texts.append(("a footnote", template.patch_xml(part.blob.decode("utf-8", "replace"))))
    properties = template.docx.core_properties
    for name in _PROPERTIES:
        texts.append((f"the property '{name}'", getattr(properties, name) or ""))
    return texts


_WORDS_BEFORE, _LONGEST_SHOWN = 6, 120
_FILTERS = frozenset(
    {"capitalize", "count", "d", "default", "e", "escape", "first", "join", "last", "length"}
    | {"lower", "round", "sort", "title", "trim", "upper"}
)


_NODES = frozenset(
    {"Template", "Output", "TemplateData", "Name", "Const", "For", "If", "CondExpr", "Getattr"}
    | {"Getitem", "Filter", "Test", "Compare", "Operand", "And", "Or", "Not", "Tuple", "Keyword"}
)


def _dangers(tree: Any) -> list[tuple[int, str]]:
    """What a place-holder may not do, each named with its line: it may print, test and loop."""
    from jinja2 import nodes

    told = {(node.lineno, _danger(node)): None for node in tree.find_all(nodes.Node)}
    return [(line, said) for line, said in told if said]


def _danger(node: Any) -> str:
    """What one node may not do; nothing where it may."""
    from jinja2 import nodes

    match node:
        case nodes.Getattr() if node.attr.startswith("_"):
            return f"The template reaches for '{node.attr}', which is not allowed."
        case nodes.Getitem() if not _is_plain(node.arg):
            return "The template reaches for an item by a worked-out name."
        case nodes.Filter() if _is_joined_twice(node):
            return "The template joins what is joined already, which grows without end."
        case nodes.Filter() if node.name not in _FILTERS:
            return f"The template uses '{node.name}', which is not allowed."
        case nodes.Call():
            return f"The template calls '{_called(node.node)}', which is not allowed."
    name = type(node).__name__
    return "" if name in _NODES else f"The template uses '{name.lower()}', not allowed."


def _loops(tree: Any, outer: frozenset[str] = frozenset()) -> list[tuple[int, str]]:
    """A loop within a loop may only run over its own part: the work stays that of the data."""
    from jinja2 import nodes

    found = []
    for node in tree.iter_child_nodes():
        inner = outer
        if isinstance(node, nodes.For):
            if outer and _root_of(node.iter) not in outer:
                told = "The template repeats a whole list inside another list."
                found.append((node.lineno, told))
            if node.recursive:
                found.append((node.lineno, "The template repeats a list within itself."))
            targets = [node.target, *node.target.find_all(nodes.Name)]
            inner = outer | {each.name for each in targets if isinstance(each, nodes.Name)}
        found += _loops(node, inner)
    return found


def _root_of(node: Any) -> str:
    """The name whose part this is; nothing for what is worked out in any other way."""
    from jinja2 import nodes

    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return str(node.name) if isinstance(node, nodes.Name) else ""


def _is_joined_twice(node: Any) -> bool:
    from jinja2 import nodes

    return node.name == "join" and any(each.name == "join" for each in node.find_all(nodes.Filter))


def _is_plain(node: Any) -> bool:
    from jinja2 import nodes

    named = isinstance(node, nodes.Const) and not str(node.value).startswith("_")
    return named or isinstance(node, nodes.Name)


def _called(node: Any) -> str:
    return str(getattr(node, "attr", None) or getattr(node, "name", None) or "something")
