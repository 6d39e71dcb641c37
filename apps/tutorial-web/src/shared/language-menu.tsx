import { NativeSelect } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { messages } from '../messages.js';
import { isLanguage, languages, setLanguage, useLanguage } from './language.js';

const data = Object.entries(languages).map(([value, { languageName }]) => ({ value, label: languageName }));

/** The language of the page. */
export function LanguageMenu() {
  const language = useLanguage();
  return (
    <NativeSelect
      aria-label={messages.preferences.language}
      leftSection={<IconLanguage size={20} stroke={1.8} aria-hidden />}
      data={data}
      value={language}
      onChange={({ currentTarget: { value } }) => {
        if (isLanguage(value)) setLanguage(value);
      }}
      data-testid="language"
    />
  );
}
