/** The audit trail, for those who read it. */
import { trailEventPages } from './event.tsx';
import { trailExportPages } from './export.tsx';
import { trailSearchPages } from './search.tsx';
import { verificationPages } from './verification.tsx';

export const trailPages = [...trailSearchPages, ...trailEventPages, ...verificationPages, ...trailExportPages];
