/** A list that is searched elsewhere: what is typed goes there, and the text is gone once something is chosen or the list closes. */
export function searched(search: string, onSearch: (typed: string) => void) {
  return {
    inputValue: search,
    onInputChange: (typed: string, { action }: { action: string }) => {
      if (action === 'input-change' || action === 'menu-close' || action === 'set-value')
        onSearch(action === 'input-change' ? typed : '');
    },
    filterOption: null,
  };
}

/**
 * The options that fit what is typed. Until the search has its answer, the list is of an earlier text: Enter or a click must not take something else
 * than what was typed.
 */
export function fitting<Option extends { label: string }>(options: readonly Option[], search: string): Option[] {
  const typed = search.trim().toLowerCase();
  return options.filter(({ label }) => label.toLowerCase().includes(typed));
}
