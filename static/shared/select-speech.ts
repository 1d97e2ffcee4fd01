import type { Text } from './text';

/**
 * The words of Atlaskit's select for a screen reader, in the person's language. Three short words of its are fixed in English:
 * that it loads, that it has no options, and *remove* on a chosen one.
 */
export function selectSpeech({ t }: Text) {
  return {
    screenReaderStatus: ({ count }: { count: number }) => t('select.results', { count }),
    ariaLiveMessages: {
      onChange: ({ action, label = '' }: { action: string; label?: string }) => {
        if (label === '') return '';
        if (action === 'select-option') return t('select.chosen', { label });
        return /^(deselect-option|pop-value|remove-value)$/.test(action) ? t('select.removed', { label }) : '';
      },
      onFilter: ({ inputValue, resultsMessage }: { inputValue: string; resultsMessage: string }) =>
        inputValue === '' ? '' : `${resultsMessage} ${t('select.search', { search: inputValue })}`,
    },
  };
}
