/** The few pages of sign-in, until there is a shell for them. Texts are our own; the one name is escaped. */

/** A page without script, in the style of the description. */
export function html(title: string, body: string): string {
  return `<!doctype html>\n<html lang="pl">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} – Kamienica</title><link rel="stylesheet" href="/api/docs.css"></head>\n<body>\n<main>\n<h1>${title}</h1>\n${body}\n</main>\n</body>\n</html>\n`;
}

/** Where one says whether one is staff or a tenant. */
export function signInPage(kinds: { readonly staff: boolean; readonly tenant: boolean }): string {
  const ways = [
    ...(kinds.staff ? ['<li><a href="/sign-in/staff">Zaloguj się jako pracownik</a></li>'] : []),
    ...(kinds.tenant ? ['<li><a href="/sign-in/tenant">Zaloguj się jako najemca</a></li>'] : []),
  ];
  return html('Logowanie', ways.length === 0 ? '<p>Logowanie nie jest skonfigurowane. Powiadom administratora.</p>' : `<ul>\n${ways.join('\n')}\n</ul>`);
}

/** After sign-in, where nothing else was asked for. */
export function signedInPage(name: string, csrf: string): string {
  return html('Zalogowano', `<p>Zalogowano: ${escaped(name)}. Interfejs programu jest opisany pod <a href="/api/docs">/api/docs</a>.</p>\n<form method="post" action="/sign-out"><input type="hidden" name="_csrf" value="${csrf}"><button>Wyloguj</button></form>`);
}

/** A name comes from the provider. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
