/** The frame around every page: way through the house, search, who is signed in, notices. Complete without script. */
import type { VNode } from 'preact';
import { ROLE_NAMES } from '../platform/access/roles.ts';
import { assets } from './assets.ts';
import { FormMarks } from './components/form-marks.tsx';
import type { Crumb, Shown } from './declared.ts';
import { PREVIEW } from './forms/state.ts';
import type { Theme, View } from './view.ts';
import { ViewContext, mayHere, useView } from './view.ts';
import { LANGUAGE_NAMES } from './texts/index.ts';

/** Asks the search for what fits so far, without looking for persons. */
const SUGGEST = JSON.stringify({ [PREVIEW]: '' });

const HTMX = JSON.stringify({ includeIndicatorCSS: false, defaultTimeout: 60_000 });

export function Document({ view, shown }: { readonly view: View; readonly shown: Shown }): VNode {
  const { style, htmx, script, icon } = assets();
  return (
    <ViewContext.Provider value={view}>
      <html lang={view.language} data-theme={view.theme}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="htmx-config" content={HTMX} />
          <title>{`${shown.title} – Kamienica`}</title>
          <link rel="icon" href={icon.address} />
          <link rel="stylesheet" href={style.address} />
          <script src={htmx.address} defer />
          <script src={script.address} defer />
        </head>
        <body>
          <a class="skip" href="#content">{view.t.shell.skip}</a>
          <Top />
          <div class={view.nav.length === 0 ? 'house bare' : 'house'}>
            {view.nav.length === 0 ? null : <Navigation />}
            <main id="content" tabIndex={-1} class={shown.wide === true ? 'wide' : undefined}>
              {shown.crumbs === undefined ? null : <Crumbs of={shown.crumbs} />}
              <h1>{shown.title}</h1>
              <Notices />
              {shown.body}
            </main>
          </div>
          <Foot />
        </body>
      </html>
    </ViewContext.Provider>
  );
}

function Top(): VNode {
  const view = useView();
  return (
    <header class="top">
      <a class="brand" href="/">
        <svg viewBox="0 0 24 24" aria-hidden="true" class="mark">
          <path d="M3 22V9l9-6 9 6v13h-6v-6H9v6z" />
        </svg>
        Kamienica
      </a>
      {mayHere(view, 'stock.read') ? <SearchBox /> : null}
      {view.actor === null ? null : <Who />}
    </header>
  );
}

function SearchBox(): VNode {
  const { t } = useView();
  const whileTyping = { 'hx-post': '/search', 'hx-vals': SUGGEST, 'hx-trigger': 'input changed delay:250ms', 'hx-target': '#suggestions', 'hx-select': '#suggested', 'hx-swap': 'innerHTML', 'hx-sync': 'this:replace' };
  return (
    <form class="search" role="search" method="post" action="/search">
      <FormMarks />
      <label class="unseen" for="search">{t.search.label}</label>
      <input id="search" name="q" type="search" maxLength={120} placeholder={t.search.placeholder} autocomplete="off" aria-keyshortcuts="/" required {...whileTyping} />
      <button type="submit">{t.search.go}</button>
      <div id="suggestions" aria-live="polite" />
    </form>
  );
}

function Who(): VNode | null {
  const { actor, t } = useView();
  if (actor === null) return null;
  const roles = actor.roles.map((role) => t.roles[role] ?? ROLE_NAMES[role]).join(', ');
  return (
    <div class="who">
      <span>
        <a href="/account"><span class="unseen">{t.account.link} </span>{actor.name}</a>
        <span class="soft">{[roles, ...(actor.districts === null ? [] : [actor.districts.join(', ')])].join(' · ')}</span>
      </span>
      <form method="post" action="/sign-out">
        <FormMarks />
        <button type="submit" class="quiet">{t.signIn.out}</button>
      </form>
    </div>
  );
}

/** On a narrow screen the entries unfold. */
function Navigation(): VNode {
  const { nav, t } = useView();
  const entries = (
    <ul>
      {nav.map(({ to, words, here }) => (
        <li key={to}>
          <a href={to} aria-current={here ? 'page' : undefined}>{words}</a>
        </li>
      ))}
    </ul>
  );
  return (
    <nav class="rooms" aria-label={t.shell.navigation}>
      <details>
        <summary>{t.shell.menu}</summary>
        {entries}
      </details>
      <div class="always">{entries}</div>
    </nav>
  );
}

function Crumbs({ of }: { readonly of: readonly Crumb[] }): VNode {
  const { t } = useView();
  return (
    <nav class="crumbs" aria-label={t.shell.crumbs}>
      <ol>
        {of.map(({ to, words }) => (
          <li key={to}>
            <a href={to}>{words}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Notices(): VNode {
  const { notices } = useView();
  return (
    <div id="notices" role="status">
      {notices.map(({ kind, words }) => (
        <p key={words} class={`notice ${kind}`}>{words}</p>
      ))}
    </div>
  );
}

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

function Foot(): VNode {
  const { t, language, theme, address } = useView();
  const to = (name: string, value: string): string => `/preferences?${new URLSearchParams({ [name]: value, to: address }).toString()}`;
  return (
    <footer class="foot">
      <ul aria-label={t.shell.language}>
        {Object.entries(LANGUAGE_NAMES).map(([code, name]) => (
          <li key={code}>
            <a href={to('language', code)} lang={code} aria-current={code === language ? 'true' : undefined}>{name}</a>
          </li>
        ))}
      </ul>
      <ul aria-label={t.shell.colours}>
        {THEMES.map((one) => (
          <li key={one}>
            <a href={to('theme', one)} aria-current={one === theme ? 'true' : undefined}>{t.shell.themes[one]}</a>
          </li>
        ))}
      </ul>
      <p>
        <a href="/api/docs">{t.shell.interface}</a> · {t.shell.licence}
      </p>
    </footer>
  );
}
