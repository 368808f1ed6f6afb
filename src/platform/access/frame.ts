/** Sign-in shows pages; how pages look is said further right, and handed in. */
import type { IncomingMessage } from 'node:http';
import type { ComponentChildren } from 'preact';

export interface SignInPages {
  /** A page of sign-in in the frame of all pages. */
  framed(req: IncomingMessage, title: string, body: ComponentChildren): string;
  /** Where one says whether one is staff or a tenant. `to` is where sign-in leads, `kept` that a form waits there. */
  chooser(req: IncomingMessage, offered: { readonly staff: boolean; readonly tenant: boolean }, to: string, kept: boolean): string;
}
