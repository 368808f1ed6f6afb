/** Recalculation runs on pages. */
import { comparisonPages } from './comparison.tsx';
import { decidePages } from './decide.tsx';
import { draftListPages } from './drafts.tsx';
import { runLeasePages } from './lease.tsx';
import { runListPages } from './list.tsx';
import { newRunPages } from './new.tsx';
import { runPages } from './run.tsx';

export const rentPages = [...runListPages, ...newRunPages, ...runPages, ...draftListPages, ...runLeasePages, ...decidePages, ...comparisonPages];
