/** Whom the development provider knows as its clients. */
import type { ClientMetadata } from 'oidc-provider';

export const DEVELOPMENT_PATH = '/development-provider';
export const STAFF_CLIENT = 'kamienica-staff';
export const TENANT_CLIENT = 'kamienica-tenant';

/** A machine to try bearer tokens with; its secret is no secret, for it opens the demo alone. */
export const MACHINE = { client: 'maszyna', secret: 'maszyna-pokazowa', roles: ['auditor'] } as const;

/** `secret` is drawn anew at every start. */
export function clientsOf({ publicUrl, secret }: { publicUrl: string; secret: string }): ClientMetadata[] {
  const web = (client: string, kind: string): ClientMetadata => ({
    client_id: client,
    client_secret: secret,
    redirect_uris: [`${publicUrl}/sign-in/callback/${kind}`],
    post_logout_redirect_uris: [`${publicUrl}/sign-in`],
    response_types: ['code'],
    grant_types: ['authorization_code'],
  });
  return [
    web(STAFF_CLIENT, 'staff'),
    web(TENANT_CLIENT, 'tenant'),
    { client_id: MACHINE.client, client_secret: MACHINE.secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
  ];
}
