/** The pages of the law and of tariffs. */
import type { PageRoute } from '../../web/declared.ts';
import { fileTariffPages, sentTariffPages } from './file.tsx';
import { overviewPages, sourcesPages } from './law.tsx';
import { newTariffPages } from './new.tsx';
import { tablePages } from './table.tsx';
import { tariffListPages, tariffPages } from './tariff.tsx';
import type { UseOfTariff } from './use.ts';

export type { TariffUse, TariffUseRow, UseOfTariff } from './use.ts';

/** `useOf` tells which rents stand on a tariff. */
export function lawPages(useOf: UseOfTariff): readonly PageRoute[] {
  return [...overviewPages, ...sourcesPages, ...tablePages, ...tariffListPages, ...newTariffPages, ...fileTariffPages, ...sentTariffPages, ...tariffPages(useOf)];
}
