"""The page a person sees to approve a device login: plain HTML in French, no script, nothing
fetched from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dinamis_qgis.sandbox.auth.accounts import TrainingAccount, check_password, training_accounts
from dinamis_qgis.sandbox.auth.auth import REALM, AuthServer, OAuthProblem, read_form
from dinamis_qgis.sandbox.auth.devices import DeviceLogin
from dinamis_qgis.sandbox.web.web import HttpProblem, HttpRequest, Response, Route

_PAGE = f"{REALM}/device"
_SHOWN = frozenset(training_accounts())
"""The accounts the page names; those a relay makes are for the persons they were made for."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2733; --soft: #5b6b7b; --paper: #fff; --back: #eef2f5; --line: #ccd6df;
 --blue: #14507e; --bad: #a3271c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #a5b2bf; --paper: #1d2730; --back: #12191f;
 --line: #3a4855; --blue: #6db1e4; --bad: #ff9a8f; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; background: var(--back); color: var(--ink);
 font: 16px/1.5 system-ui, "Segoe UI", sans-serif; }
main { max-width: 27rem; margin: 0 auto; padding: 1.75rem; background: var(--paper);
 border: 1px solid var(--line); border-radius: 8px; }
header { color: var(--soft); font-size: .875rem; }
h1 { margin: .25rem 0 1rem; font-size: 1.35rem; line-height: 1.3; }
.code { margin: 0 0 1.25rem; padding: .6rem; border: 1px dashed var(--line); border-radius: 6px; text-align: center;
 font: 600 1.6rem/1.3 ui-monospace, Consolas, monospace; letter-spacing: .12em; }
label { display: block; margin: 0 0 .25rem; font-weight: 600; }
input { width: 100%; margin: 0 0 1rem; padding: .6rem .7rem; font: inherit; color: inherit; background: transparent;
 border: 1px solid var(--line); border-radius: 6px; }
input:focus-visible, button:focus-visible { outline: 3px solid var(--blue); outline-offset: 1px; }
.row { display: flex; gap: .75rem; flex-wrap: wrap; }
button { flex: 1 1 8rem; margin: 0; padding: .65rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
 border: 1px solid var(--blue); border-radius: 6px; background: transparent; color: var(--blue); }
button.main { background: var(--blue); color: var(--paper); }
.bad { margin: 0 0 1rem; padding: .6rem .8rem; border-left: 4px solid var(--bad); color: var(--bad); }
details { margin-top: 1.5rem; font-size: .9rem; color: var(--soft); }
table { width: 100%; margin-top: .5rem; border-collapse: collapse; }
td { padding: .25rem .5rem .25rem 0; border-top: 1px solid var(--line); vertical-align: top; }
"""


def device_routes(auth: AuthServer) -> list[Route]:
    """The page, and what its form sends."""

    def show(request: HttpRequest) -> Response:
        code = request.first("user_code")
        if not code:
            return _html_page("Connecter un appareil", _code_form())
        login = auth.logins.find(code)
        if login is None:
            return _unknown_page()
        return _html_page(
            "Autoriser QGIS à utiliser votre compte ?", _sign_in_form(login, auth.accounts)
        )

    def submit(request: HttpRequest) -> Response:
        if request.headers.get("origin", request.root) not in (request.root, "null"):
            raise HttpProblem(403, "This form belongs to another site.")
        try:
            form = read_form(request)
        except OAuthProblem as problem:
            raise HttpProblem(400, str(problem)) from problem
        login = auth.logins.find(form.get("user_code", ""))
        if login is None:
            return _unknown_page()
        # whoever holds the code may refuse; only an account may accept
        if form.get("answer") == "deny":
            return _refused_page() if auth.logins.answer(login, "") else _unknown_page()
        account = check_password(auth.accounts, form.get("username", ""), form.get("password", ""))
        if account is None:
            auth.logins.missed(login)
            text = "L’identifiant ou le mot de passe n’est pas le bon."
            return _html_page(
                "Autoriser QGIS à utiliser votre compte ?",
                _sign_in_form(login, auth.accounts, text),
                403,
            )
        return _done_page(account) if auth.logins.answer(login, account.id) else _unknown_page()

    return [Route("GET", _PAGE, show), Route("POST", _PAGE, submit)]


def _done_page(account: TrainingAccount) -> Response:
    """What the person reads; of a blocked account the program that waits is told why as well."""
    if account.blocked:
        return _html_page("Connexion impossible", f"<p>{escape(account.blocked)}</p>", 403)
    who = f"{escape(account.name)} · {escape(account.organization.get('name', ''))}"
    return _html_page(
        "C’est fait",
        f"<p>QGIS est connecté : {who}.</p><p>Vous pouvez fermer cette page et revenir dans "
        f"QGIS.</p>",
    )


def _refused_page() -> Response:
    return _html_page(
        "Connexion refusée",
        "<p>QGIS n’a pas accès à votre compte. Vous pouvez fermer cette page.</p>",
    )


def _unknown_page() -> Response:
    text = "Ce code n’est pas valable : il a expiré, il a déjà servi, ou il comporte une erreur. "
    text += "Vous pouvez en demander un autre dans QGIS."
    return _html_page("Connecter un appareil", _code_form(text), 404)


def _code_form(problem: str = "") -> str:
    return f"""{_problem_html(problem)}
<form method="get" action="{_PAGE}">
<label for="user_code">Code affiché dans QGIS</label>
<input id="user_code" name="user_code" required autofocus autocomplete="off" autocapitalize="characters"
 spellcheck="false" placeholder="XXXX-XXXX" maxlength="20">
<div class="row"><button class="main">Continuer</button></div>
</form>"""


def _sign_in_form(
    login: DeviceLogin, accounts: Mapping[str, TrainingAccount], problem: str = ""
) -> str:
    code = escape(login.user_code)
    rows = "".join(
        f"<tr><td><strong>{escape(a.id)}</strong></td>"
        f"<td>{escape(a.name)}<br>{escape(a.organization.get('name', ''))}</td></tr>"
        for a in list(accounts.values())
        if a.id in _SHOWN
    )
    return f"""<p>Vérifiez que ce code est bien celui que QGIS affiche.</p>
<p class="code">{code}</p>{_problem_html(problem)}
<form method="post" action="{_PAGE}">
<input type="hidden" name="user_code" value="{code}">
<label for="username">Identifiant</label>
<input id="username" name="username" required autofocus autocomplete="username" autocapitalize="none"
 spellcheck="false" maxlength="100">
<label for="password">Mot de passe</label>
<input id="password" name="password" type="password" required autocomplete="current-password" maxlength="100">
<div class="row"><button class="main" name="answer" value="approve">Autoriser</button>
<button name="answer" value="deny" formnovalidate>Refuser</button></div>
</form>
<details open><summary>Comptes de formation</summary>
Le mot de passe est l’identifiant.<table>{rows}</table></details>"""


def _problem_html(text: str) -> str:
    return f'<p class="bad" role="alert">{escape(text)}</p>' if text else ""


def _html_page(title: str, content: str, status: int = 200) -> Response:
    html = f"""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} – DINAMIS, formation</title><style>{_STYLE}</style></head>
<body><main><header>DINAMIS · service de formation</header><h1>{escape(title)}</h1>{content}</main></body></html>"""
    return Response(status, html.encode(), "text/html; charset=utf-8", dict(_HEADERS))
