/** One operation of the description. */
import type { VNode } from 'preact';
import type { OpenApiDocument, Operation, Response } from '../openapi/model.ts';
import { ROLE_NAMES, rolesWith } from '../../access/roles.ts';
import { curlOf } from './request.ts';
import { Answers, Fields, Parameters } from './tables.tsx';

export interface Shown {
  readonly verb: string;
  readonly path: string;
  readonly operation: Operation;
}

/** A block of text kept as it is; it scrolls by itself. */
function Block({ label, children }: { label: string; children: string }): VNode {
  return (
    <pre role="region" aria-label={label} tabIndex={0}>
      <code>{children}</code>
    </pre>
  );
}

function success({ responses }: Operation): Response | undefined {
  const found = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  return found === undefined || '$ref' in found ? undefined : found;
}

export function OperationArticle({ shown, document, origin }: { shown: Shown; document: OpenApiDocument; origin: string }): VNode {
  const { verb, path, operation } = shown;
  const { operationId: id, parameters, requestBody, summary, description } = operation;
  const { schemas, responses } = document.components;
  const base = document.servers[0]?.url ?? '';
  const body = requestBody?.content['application/json']?.schema;
  const media = success(operation)?.content?.['application/json'];
  const may = rolesWith(operation['x-permission']).map((role) => ROLE_NAMES[role]);
  return (
    <article id={id} aria-labelledby={`${id}-h`}>
      <h3 id={`${id}-h`}>{summary}</h3>
      <p class="address">
        <strong class={`verb ${verb}`}>{verb.toUpperCase()}</strong> <code>{`${base}${path}`}</code>
      </p>
      {description === undefined ? null : <p>{description}</p>}
      <dl>
        <dt>Uprawnienie</dt>
        <dd>
          <code>{operation['x-permission']}</code> ({may.length === 0 ? 'nie ma go żadna rola' : may.join(', ')})
        </dd>
        <dt>Zdarzenie w dzienniku</dt>
        <dd>{operation['x-audit-event'] === null ? 'brak, niczego nie zmienia' : <code>{operation['x-audit-event']}</code>}</dd>
      </dl>
      {parameters.length === 0 ? null : (
        <>
          <h4>Parametry</h4>
          <Parameters of={parameters} label={`Parametry: ${summary}`} shared={schemas} />
        </>
      )}
      {body === undefined ? null : (
        <>
          <h4>Treść żądania</h4>
          <Fields of={body} label={`Treść żądania: ${summary}`} shared={schemas} />
        </>
      )}
      <h4>Przykładowe żądanie</h4>
      <Block label={`Przykładowe żądanie: ${summary}`}>{curlOf(verb, `${origin}${base}${path}`, operation)}</Block>
      <h4>Odpowiedzi</h4>
      <Answers of={operation.responses} label={`Odpowiedzi: ${summary}`} responses={responses} />
      {media === undefined ? null : (
        <>
          <h4>Treść odpowiedzi</h4>
          <Fields of={media.schema} label={`Treść odpowiedzi: ${summary}`} shared={schemas} />
          <Block label={`Przykładowa odpowiedź: ${summary}`}>{JSON.stringify(media.example, null, 2)}</Block>
        </>
      )}
    </article>
  );
}
