export const ACCOUNT = '/account';
export const NEW_TOKEN = '/account/tokens/new';
export const MADE_TOKEN = '/account/tokens/made';
export const REVOKE_TOKEN = '/account/tokens/:token/revoke';
export const LETTER_CODE = '/account/letter-code';
