import Select from '@atlaskit/select/select';
import { selectSpeech } from './select-speech';
import { useText } from './text';

export type Option<Value> = { label: string; value: string; data: Value };
export type Group<Value> = { label: string; options: Option<Value>[] };

export type SearchSelectProps<Value> = {
  id: string;
  describedBy: string;
  invalid: boolean;
  value: Option<Value> | undefined;
  groups: Group<Value>[];
  isLoading: boolean;
  isDisabled?: boolean;
  placeholder: string;
  nothing: string;
  loadingText: string;
  search: string;
  onSearch: (search: string) => void;
  onChange: (value: Value) => void;
  onScrolledToEnd?: () => void;
  /** It takes the place of a field where somebody was. */
  takesFocus?: boolean;
  isOpen?: boolean;
};

/** A list that is searched at the service, not here: what the person types goes to `onSearch`. */
export function SearchSelect<Value>(props: SearchSelectProps<Value>) {
  const {
    id,
    describedBy,
    invalid,
    value,
    groups,
    isLoading,
    placeholder,
    nothing,
    loadingText,
    search,
    onSearch,
    onChange,
  } = props;
  const text = useText();
  const options: (Option<Value> | Group<Value>)[] = groups.length === 1 ? (groups[0]?.options ?? []) : groups;
  return (
    <Select<Option<Value>>
      inputId={id}
      descriptionId={describedBy}
      isInvalid={invalid}
      isDisabled={props.isDisabled ?? false}
      value={value ?? null}
      options={options}
      filterOption={null}
      isLoading={isLoading}
      inputValue={search}
      onInputChange={(typed: string, { action }: { action: string }) => {
        if (action === 'input-change' || action === 'menu-close' || action === 'set-value')
          onSearch(action === 'input-change' ? typed : '');
      }}
      onChange={(chosen: Option<Value> | null) => chosen && onChange(chosen.data)}
      onMenuScrollToBottom={() => props.onScrolledToEnd?.()}
      placeholder={placeholder}
      noOptionsMessage={() => nothing}
      loadingMessage={() => loadingText}
      maxMenuHeight={240}
      {...selectSpeech(text)}
      autoFocus={props.takesFocus ?? false}
      defaultMenuIsOpen={props.isOpen ?? false}
    />
  );
}
