export const USERS = '/users';
export const USER = '/users/:user';
export const BLOCK = '/users/:user/block';
export const UNBLOCK = '/users/:user/unblock';
export const ROLES_PAGE = '/roles';
