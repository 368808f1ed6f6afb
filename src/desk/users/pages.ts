/** Users and what they may, for those who look after who gets in. */
import { userBlockPages } from './block.tsx';
import { userListPages } from './list.tsx';
import { rolesPages } from './roles.tsx';
import { userPages } from './user.tsx';

export const usersPages = [...userListPages, ...rolesPages, ...userPages, ...userBlockPages];
