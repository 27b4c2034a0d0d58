"""What Streamlit reads as Markdown has to be our own words, numbers, or `plain(…)`."""

import ast
from collections.abc import Iterator

from source import Module, argument, last_name, root_name

from machine import ROOT

FORMAT = ast.parse((ROOT / "console/ui/format.py").read_text())
# `plain` escapes; what console/ui/format.py returns is digits, days and own words.
SAFE_CALLS = {"plain", "int", "len", "token_hex"} | {
    node.name for node in FORMAT.body if isinstance(node, ast.FunctionDef)
}
SAFE_MODULES = {"format"}


def is_safe_markdown(node: ast.expr | None, scope: ast.AST | None = None) -> bool:
    """A constant, one of our own phrases, a number, or `plain(…)`; or put together from these."""
    parts = _parts(node)
    if parts is not None:
        return all(is_safe_markdown(part, scope) for part in parts)
    match node:
        case ast.Call():
            return _is_safe_call(node, scope)
        case ast.Name(name):
            is_count = name == "n" or name.endswith("_n")
            return name.isupper() or is_count or _is_bound_safely(name, scope)
        case ast.Attribute(attr=name):
            return name.isupper()
    return False


def _parts(node: ast.expr | None) -> list[ast.expr] | None:
    match node:
        case None | ast.Constant():
            return []
        case ast.JoinedStr(values) | ast.BoolOp(_, values):
            return values
        case ast.FormattedValue(value):
            return [value]
        case ast.BinOp(left, _, right) | ast.IfExp(_, left, right):
            return [left, right]
    return None


def _is_safe_call(call: ast.Call, scope: ast.AST | None) -> bool:
    if last_name(call.func) in SAFE_CALLS or root_name(call.func) in SAFE_MODULES:
        return True
    if isinstance(call.func, ast.Name) and scope is not None:
        return _returns_safely(call.func.id, scope)
    is_phrase = isinstance(call.func, ast.Attribute) and call.func.attr == "in_"
    return is_phrase and _is_own_phrase(call.func.value, scope)


def _returns_safely(name: str, scope: ast.AST) -> bool:
    """Whether a function of the same module returns nothing but safe words."""
    module = scope
    while not isinstance(module, ast.Module):
        module = module.parent
    for function in module.body:
        if isinstance(function, ast.FunctionDef) and function.name == name:
            given = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
            return bool(given) and all(is_safe_markdown(value, function) for value in given)
    return False


def _is_own_phrase(node: ast.expr, scope: ast.AST | None) -> bool:
    """`WORD`, `words.WORD`, `WORDS[key]`, and `WORD.with_(n=…)` with safe values."""
    if isinstance(node, ast.Call) and last_name(node.func) == "with_":
        values = [keyword.value for keyword in node.keywords]
        filled = all(is_safe_markdown(value, scope) for value in values)
        return filled and _is_own_phrase(node.func.value, scope)
    if isinstance(node, ast.Call) and last_name(node.func) == "Text":
        return all(isinstance(value, ast.Constant) for value in node.args)
    if isinstance(node, ast.Subscript):
        return last_name(node.value).isupper()
    return last_name(node).isupper() or _is_a_given_text(node, scope)


def _is_a_given_text(node: ast.expr, scope: ast.AST | None) -> bool:
    """An argument annotated `Text`: where it was filled, `filled_texts` has looked."""
    if not (isinstance(node, ast.Name) and isinstance(scope, ast.FunctionDef)):
        return False
    given = [*scope.args.args, *scope.args.kwonlyargs]
    return any(
        a.arg == node.id and a.annotation and last_name(a.annotation) == "Text" for a in given
    )


def _is_bound_safely(name: str, scope: ast.AST | None) -> bool:
    """Whether every value the enclosing function gives to the name is safe."""
    if scope is None:
        return False
    given = [
        node.value
        for node in ast.walk(scope)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id == name
    ]
    return bool(given) and all(is_safe_markdown(value, None) for value in given)


def scope_of(node: ast.AST) -> ast.AST:
    while not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module | ast.Lambda):
        node = node.parent
    return node


BODIES = (
    "markdown write caption title header subheader info success warning error toast badge table "
    "status spinner popover expander exception"
).split()
LABELS = (
    "button link_button page_link form_submit_button checkbox toggle radio selectbox multiselect "
    "pills segmented_control slider select_slider text_input number_input text_area date_input "
    "time_input datetime_input file_uploader color_picker chat_input chat_message metric tab "
    "camera_input audio_input feedback menu_button"
).split()
CHOICES = {"radio", "pills", "segmented_control", "multiselect"}
OTHERS = {"log", "logger", "logging", "store", "file"}  # have methods of the same names


def own_markdown(module: Module) -> Iterator[ast.AST]:
    if not module.knows_streamlit():
        return
    for call in module.calls(*BODIES, *LABELS):
        if isinstance(call.func, ast.Attribute) and last_name(call.func.value) not in OTHERS:
            scope = scope_of(call)
            read = [argument(call, 0, "label", "body"), argument(call, None, "help")]
            read.append(argument(call, None, "placeholder"))
            is_safe = all(is_safe_markdown(value, scope) for value in read)
            if not is_safe or (call.func.attr in CHOICES and not _has_safe_options(call, scope)):
                yield call


def _has_safe_options(call: ast.Call, scope: ast.AST) -> bool:
    """Options of these are read as Markdown too: a constant, or a safe `format_func`."""
    shown = argument(call, None, "format_func")
    if isinstance(shown, ast.Lambda):
        return is_safe_markdown(shown.body, scope)
    if shown is not None:
        return last_name(shown) in SAFE_CALLS or root_name(shown) in SAFE_MODULES | {"words"}
    options = argument(call, 1, "options")
    if isinstance(options, ast.List | ast.Tuple):
        return all(is_safe_markdown(option, scope) for option in options.elts)
    return options is None


def filled_texts(module: Module) -> Iterator[ast.AST]:
    if not module.knows_streamlit():
        return
    for call in module.calls("with_"):
        scope = scope_of(call)
        if not all(is_safe_markdown(keyword.value, scope) for keyword in call.keywords):
            yield call
