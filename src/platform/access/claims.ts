/** What a provider's claims mean for us. */
import type { StaffProvider, TenantProvider } from './settings.ts';
import type { Role } from './roles.ts';
import { isRole } from './roles.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** The value at a path of claims; dots lead inwards, but a claim whose name has the dots itself wins. */
export function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split('.').reduce<unknown>((at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined), claims);
}

function words(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/[\s,]+/).filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
}

/** Roles of the staff among the claims; a provider cannot make anybody a tenant or the program itself. */
export function rolesOf(claims: Claims, { rolesClaim }: Pick<StaffProvider, 'rolesClaim'>): Role[] {
  return [...new Set(words(claimAt(claims, rolesClaim)))].filter((word): word is Role => isRole(word) && word !== 'tenant' && word !== 'system');
}

/** Districts of the staff: null (the whole city) only where the claim is absent. One that cannot be read leaves none. */
export function districtsOf(claims: Claims, { districtsClaim }: Pick<StaffProvider, 'districtsClaim'>): string[] | null {
  const value = claimAt(claims, districtsClaim);
  if (value === undefined || value === null) return null;
  // Names of districts have blanks in them, so commas alone part them.
  const told = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
  return told.map((word) => word.trim()).filter((word) => word !== '');
}

/** The PESEL the provider vouches for, or null. `pesel_verified: false` beside it takes the word back. */
export function peselOf(claims: Claims, { peselClaim }: Pick<TenantProvider, 'peselClaim'>): string | null {
  const value = claimAt(claims, peselClaim);
  if (typeof value !== 'string' || claimAt(claims, `${peselClaim}_verified`) === false) return null;
  return /^\d{11}$/.test(value) ? value : null;
}

const CODE = /^[a-z0-9][a-z0-9._@-]{1,99}$/;

/** One name a human being of the staff: `preferred_username`, else the subject; null when neither can be one. */
export function codeOf(claims: Claims): string | null {
  for (const name of ['preferred_username', 'upn', 'sub']) {
    const code = claims[name];
    if (typeof code === 'string' && CODE.test(code.toLowerCase()) && code.toLowerCase() !== 'system') return code.toLowerCase();
  }
  return null;
}

export function nameOf(claims: Claims, otherwise: string): string {
  const name = claims['name'];
  return typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : otherwise;
}
