/** What a provider's claims mean for us. */
import { describe, expect, it } from 'vitest';
import { districtsOf, peselOf, rolesOf } from '../../../src/platform/access/claims.ts';

const STAFF = { rolesClaim: 'realm_access.roles', districtsClaim: 'districts' };

describe('the districts of a claim', () => {
  it.each([
    [['I Stare Miasto', 'XIII Podgórze'], ['I Stare Miasto', 'XIII Podgórze']],
    ['I Stare Miasto, XIII Podgórze', ['I Stare Miasto', 'XIII Podgórze']],
    ['XIII Podgórze', ['XIII Podgórze']],
    [' , ', []], [7, []], [{}, []], [[7], []], [null, null], [undefined, null],
  ])('are, of %j, %j: blanks belong to the names, and what cannot be read is none of them', (claim, districts) => {
    expect(districtsOf({ districts: claim }, STAFF)).toEqual(districts);
  });
});

describe('the roles of a claim', () => {
  it('are those of the staff, parted by blanks or commas, wherever the claim lies', () => {
    expect(rolesOf({ realm_access: { roles: ['clerk', 'tenant', 'system', 'unknown', 'clerk'] } }, STAFF)).toEqual(['clerk']);
    expect(rolesOf({ 'realm_access.roles': 'clerk, supervisor auditor' }, STAFF)).toEqual(['clerk', 'supervisor', 'auditor']);
    expect(rolesOf({}, STAFF)).toEqual([]);
  });
});

describe('the PESEL of a claim', () => {
  it('is eleven digits that the provider does not take back', () => {
    expect(peselOf({ pesel: '60030300017' }, { peselClaim: 'pesel' })).toBe('60030300017');
    expect(peselOf({ pesel: '60030300017', pesel_verified: false }, { peselClaim: 'pesel' })).toBeNull();
    for (const pesel of ['6003030001', '', 60030300017, null]) expect(peselOf({ pesel }, { peselClaim: 'pesel' })).toBeNull();
  });
});
