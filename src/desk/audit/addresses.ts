export const AUDIT = '/audit';
export const EVENT = '/audit/events/:event';
export const PERSONAL = '/audit/events/:event/personal';
export const VERIFICATION = '/audit/verification';
export const EXPORT = '/audit/export';
