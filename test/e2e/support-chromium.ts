import { existsSync } from 'node:fs';

const PLACES = [process.env['KAMIENICA_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is, or null. */
export const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;
