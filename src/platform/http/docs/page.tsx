/** The description as a page: rendered on the server, complete without JavaScript. */
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { KINDS } from '../openapi/answers.ts';
import type { OpenApiDocument } from '../openapi/model.ts';
import { VERBS } from '../openapi/model.ts';
import type { Shown } from './operation.tsx';
import { OperationArticle } from './operation.tsx';

export const DOCS_PATH = '/api/docs';
export const STYLE_PATH = '/api/docs.css';
export const DOCUMENT_PATH = '/api/openapi.json';

interface PageProps {
  readonly document: OpenApiDocument;
  /** `http://localhost:3000`, for the example requests. */
  readonly origin: string;
}

/** The whole page as HTML. */
export function docsPage(props: PageProps): string {
  return `<!DOCTYPE html>${render(<DocsPage {...props} />)}`;
}

function tagged({ tags, paths }: OpenApiDocument): { tag: string; id: string; operations: Shown[] }[] {
  const all = Object.entries(paths).flatMap(([path, item]) =>
    VERBS.flatMap((verb): Shown[] => {
      const operation = item[verb];
      return operation === undefined ? [] : [{ verb, path, operation }];
    }),
  );
  return tags.map(({ name }, index) => ({ tag: name, id: `dzial-${index + 1}`, operations: all.filter(({ operation }) => operation.tags.includes(name)) }));
}

function DocsPage({ document, origin }: PageProps): VNode {
  const groups = tagged(document);
  return (
    <html lang="pl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Opis interfejsu – Kamienica</title>
        <link rel="stylesheet" href={STYLE_PATH} />
      </head>
      <body>
        <a class="skip" href="#tresc">
          Przejdź do treści
        </a>
        <header>
          <h1>Kamienica: opis interfejsu</h1>
          <p>
            Wersja {document.info.version}. Ten sam opis dla programów: <a href={DOCUMENT_PATH}>openapi.json</a> (OpenAPI 3.1).
          </p>
        </header>
        <nav aria-label="Spis operacji">
          {groups.map(({ tag, id, operations }) => (
            <section key={id}>
              <h2>
                <a href={`#${id}`}>{tag}</a>
              </h2>
              <ul>
                {operations.map(({ operation }) => (
                  <li key={operation.operationId}>
                    <a href={`#${operation.operationId}`}>{operation.summary}</a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </nav>
        <main id="tresc" tabIndex={-1}>
          <About schemes={document.components.securitySchemes} about={document.info.description} />
          {groups.map(({ tag, id, operations }) => (
            <section key={id} aria-labelledby={id}>
              <h2 id={id}>{tag}</h2>
              {operations.map((shown) => (
                <OperationArticle key={shown.operation.operationId} shown={shown} document={document} origin={origin} />
              ))}
            </section>
          ))}
        </main>
        <footer>
          <p>Kamienica, otwarte oprogramowanie na licencji {document.info.license.name}.</p>
        </footer>
      </body>
    </html>
  );
}

function About({ about, schemes }: { about: string; schemes: OpenApiDocument['components']['securitySchemes'] }): VNode {
  return (
    <section aria-labelledby="jak">
      <h2 id="jak">Jak pytać</h2>
      <p>{about}</p>
      <p>Kto pyta, mówi jedno z:</p>
      <ul>
        {Object.values(schemes).map(({ description }) => (
          <li key={description}>{description}</li>
        ))}
      </ul>
      <h3>Problemy wspólne dla wszystkich adresów</h3>
      <dl class="kinds">
        {Object.entries(KINDS).map(([status, { description }]) => (
          <div key={status}>
            <dt>{status}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
