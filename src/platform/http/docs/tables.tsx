/** Tables of the description. */
import type { ComponentChildren, VNode } from 'preact';
import type { OpenApiDocument, Operation, Parameter, Ref, Response, Schema } from '../openapi/model.ts';
import { fieldsOf } from './fields.ts';
import { limitWords, meaning, typeWords } from './words.ts';

type Shared = Readonly<Record<string, Schema>>;

/** A table that scrolls by itself on a narrow screen, reachable by keyboard. */
function Table({ label, heads, children }: { label: string; heads: readonly string[]; children: ComponentChildren }): VNode {
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

const yes = (required: boolean): string => (required ? 'tak' : 'nie');

export function Parameters({ of, label, shared }: { of: readonly Parameter[]; label: string; shared: Shared }): VNode {
  return (
    <Table label={label} heads={['Nazwa', 'Miejsce', 'Typ', 'Wymagany', 'Znaczenie', 'Przykład']}>
      {of.map((parameter) => (
        <tr key={`${parameter.in} ${parameter.name}`}>
          <th scope="row">
            <code>{parameter.name}</code>
          </th>
          <td>{parameter.in === 'path' ? 'ścieżka' : 'zapytanie'}</td>
          <td>{typeWords(parameter.schema, shared)}</td>
          <td>{yes(parameter.required)}</td>
          <td>{meaning([parameter.description, ...limitWords(parameter.schema, shared)])}</td>
          <td>
            <code>{String(parameter.example)}</code>
          </td>
        </tr>
      ))}
    </Table>
  );
}

export function Fields({ of, label, shared }: { of: Schema; label: string; shared: Shared }): VNode {
  const fields = fieldsOf(of, shared);
  if (fields.length === 0) return <p>Typ: {typeWords(of, shared)}.</p>;
  return (
    <Table label={label} heads={['Pole', 'Typ', 'Wymagane', 'Znaczenie']}>
      {fields.map((field) => (
        <tr key={JSON.stringify(field)}>
          <th scope="row">
            <code>{field.name}</code>
          </th>
          <td>{field.type}</td>
          <td>{yes(field.required)}</td>
          <td>{meaning(field.words)}</td>
        </tr>
      ))}
    </Table>
  );
}

function answer(given: Response | Ref, responses: OpenApiDocument['components']['responses']): Response | undefined {
  return '$ref' in given ? responses[given.$ref.replace('#/components/responses/', '')] : given;
}

export function Answers({ of, label, responses }: { of: Operation['responses']; label: string; responses: OpenApiDocument['components']['responses'] }): VNode {
  return (
    <Table label={label} heads={['Kod', 'Kiedy']}>
      {Object.entries(of).map(([status, given]) => (
        <tr key={status}>
          <th scope="row">{status}</th>
          <td>{answer(given, responses)?.description ?? ''}</td>
        </tr>
      ))}
    </Table>
  );
}
