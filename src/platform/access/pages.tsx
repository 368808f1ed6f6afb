/** The few pages of sign-in, until there is a shell for them: without script, in the style of the description. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole page; what stands in it is escaped. */
export function pageOf(title: string, body: ComponentChildren): string {
  const page: VNode = (
    <html lang="pl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{`${title} – Kamienica`}</title>
        <link rel="stylesheet" href="/api/docs.css" />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          {body}
        </main>
      </body>
    </html>
  );
  return `<!DOCTYPE html>${renderToString(page)}`;
}

/** Where one says whether one is staff or a tenant. */
export function signInPage({ staff, tenant }: { readonly staff: boolean; readonly tenant: boolean }): string {
  if (!staff && !tenant) return pageOf('Logowanie', <p>Logowanie nie jest skonfigurowane. Powiadom administratora.</p>);
  return pageOf(
    'Logowanie',
    <ul>
      {staff && <li><a href="/sign-in/staff">Zaloguj się jako pracownik</a></li>}
      {tenant && <li><a href="/sign-in/tenant">Zaloguj się jako najemca</a></li>}
    </ul>,
  );
}

/** After sign-in, where nothing else was asked for. */
export function signedInPage(name: string, csrf: string): string {
  return pageOf(
    'Zalogowano',
    <>
      <p>
        Zalogowano: {name}. Interfejs programu jest opisany pod <a href="/api/docs">/api/docs</a>.
      </p>
      <form method="post" action="/sign-out">
        <input type="hidden" name="_csrf" value={csrf} />
        <button>Wyloguj</button>
      </form>
    </>,
  );
}
