/** The thread in which a city is made: answers each question for a table with its text. */
import { parentPort, workerData } from 'node:worker_threads';
import { generateCity } from './index.ts';
import type { CityOptions } from './plan.ts';
import type { TableQuestion } from './source.ts';
import { tableText } from './source.ts';

const city = generateCity(workerData as CityOptions);

parentPort?.on('message', ({ name, offset }: TableQuestion) => {
  const text = tableText(city, name, offset);
  parentPort?.postMessage(text, text.texts.map(({ buffer }) => buffer as ArrayBuffer));
});
