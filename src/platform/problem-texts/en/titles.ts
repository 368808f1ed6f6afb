import type { Titles } from '../pl/titles.ts';

export const TITLES: Titles = {
  400: 'Request not understood',
  401: 'Not known who asks',
  403: 'Not permitted',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'The request took too long',
  409: 'Changed in the meantime',
  413: 'Too large',
  414: 'Address too long',
  415: 'Format not supported',
  422: 'Data not accepted',
  429: 'Too many attempts',
  431: 'Headers too large',
  500: 'Error',
  503: 'Unavailable for the moment',
  too_many_requests: 'Too many requests',
};
