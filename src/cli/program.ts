/** The program: one command a thing that can be done. */
import type { Option } from 'commander';
import { Command, Help } from 'commander';
import { PEOPLE } from '../platform/access/people.ts';
import { auditCommands } from './audit.ts';
import { dataCommands } from './data.ts';
import { lawCommands } from './law.ts';
import { personCommands } from './persons.ts';
import { rentCommands } from './rents.ts';
import { runCommands } from './runs.ts';
import { serviceCommands } from './service.ts';
import { tokenCommands } from './tokens.ts';

/** Commander's own words in Polish. */
const POLISH: Readonly<Record<string, string>> = {
  'Usage:': 'Użycie:',
  'Options:': 'Opcje:',
  'Commands:': 'Polecenia:',
  'Arguments:': 'Argumenty:',
  'Global Options:': 'Opcje wspólne:',
};

/** Placeholders and remarks of usage lines and descriptions. */
function inPolish(text: string): string {
  return text.replace('[options]', '[opcje]').replace('[command]', '[polecenie]').replace('(default: ', '(domyślnie: ').replace('(choices: ', '(do wyboru: ');
}

class PolishHelp extends Help {
  // Who acts is an option of the whole program, but one looks for it at the command.
  override showGlobalOptions = true;

  override styleTitle(title: string): string {
    return POLISH[title] ?? title;
  }

  override commandUsage(command: Command): string {
    return inPolish(super.commandUsage(command));
  }

  override subcommandTerm(command: Command): string {
    return inPolish(super.subcommandTerm(command));
  }

  override optionDescription(option: Option): string {
    return inPolish(super.optionDescription(option));
  }
}

const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.+)'/m, 'Nie ma polecenia „$1”.'],
  [/^error: unknown option '(.+)'/m, 'Nie ma opcji „$1”.'],
  [/^error: missing required argument '(.+)'/m, 'Brakuje argumentu „$1”.'],
  [/^error: required option '(.+)' not specified/m, 'Podaj opcję „$1”.'],
  [/^error: option '(.+)' argument missing/m, 'Opcja „$1” wymaga wartości.'],
  [/^error: too many arguments.*$/m, 'Za dużo argumentów.'],
  [/^error: option '(.+)' argument '(.*)' is invalid\. Allowed choices are (.*)\./m, 'Opcja „$1” nie przyjmuje „$2”. Dozwolone: $3.'],
  [/^error: command-argument value '(.*)' is invalid for argument '(.+)'\. Allowed choices are (.*)\./m, 'Argument „$2” nie przyjmuje „$1”. Dozwolone: $3.'],
  [/\(Did you mean (.+)\?\)/, '(Może chodziło o „$1”?)'],
];

class PolishCommand extends Command {
  override createCommand(name?: string): Command {
    return new PolishCommand(name);
  }

  override createHelp(): Help {
    return Object.assign(new PolishHelp(), this.configureHelp());
  }
}

export function program(root: string): Command {
  const top = new PolishCommand('kamienica')
    .description('Kamienica: czynsze miejskiego zasobu mieszkaniowego. Każda kwota ma paragraf, ustalenie i datę.')
    .option('--as <osoba>', `tylko obok logowania próbnego: działaj jako ${PEOPLE.map(({ code }) => code).join(', ')}; bez tokenu domyślnie anna.referent`)
    .option('--token-file <plik>', 'plik z własnym tokenem; można go też podać w zmiennej KAMIENICA_TOKEN')
    .helpOption('-h, --help', 'pokaż pomoc')
    .helpCommand('help [polecenie]', 'pokaż pomoc polecenia')
    .showHelpAfterError('(Pomoc: npm run cli -- help)')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(MESSAGES.reduce((message, [pattern, words]) => message.replace(pattern, words), text)) });
  for (const add of [serviceCommands, lawCommands, dataCommands, rentCommands, runCommands, personCommands, tokenCommands, auditCommands]) add(top, root);
  return top;
}
