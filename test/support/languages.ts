import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessages, type Sentences } from '../../static/compile-messages.mts';
import { createText, type Text } from '../../static/shared/text';
import type { Messages } from '../../static/shared/translate';

const folder = join(__dirname, '../../locales');

/** All locales, as pages have them. */
export const languages: readonly { locale: string; messages: Messages; text: Text }[] = readdirSync(folder).map(
  (file) => {
    const locale = file.replace(/\.json$/, '');
    const sentences = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Sentences;
    const messages = compileMessages(locale, sentences) as Messages;
    return { locale, messages, text: createText(messages, { locale, timeZone: 'Europe/Berlin' }) };
  },
);
