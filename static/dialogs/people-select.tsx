import Select from '@atlaskit/select/select';
import type { ReviewerView } from '../../src/contract/views';

type Option = { label: string; value: string };

type Props = {
  id: string;
  describedBy: string;
  /** Logins. */
  value: readonly string[];
  people: readonly ReviewerView[];
  isLoading: boolean;
  placeholder: string;
  nothing: string;
  loadingText: string;
  onOpen: () => void;
  search: string;
  onSearch: (search: string) => void;
  onChange: (logins: string[]) => void;
};

/** Several people out of a list that the service searches. */
export function PeopleSelect(props: Props) {
  const options = props.people.map(({ login, name }) => ({ value: login, label: name ? `${login} (${name})` : login }));
  return (
    <Select<Option, true>
      isMulti
      inputId={props.id}
      descriptionId={props.describedBy}
      value={props.value.map((login) => ({ value: login, label: login }))}
      options={options}
      filterOption={null}
      isLoading={props.isLoading}
      onMenuOpen={props.onOpen}
      inputValue={props.search}
      onInputChange={(typed: string, { action }: { action: string }) => {
        if (action === 'input-change' || action === 'menu-close' || action === 'set-value')
          props.onSearch(action === 'input-change' ? typed : '');
      }}
      onChange={(chosen: readonly Option[]) => props.onChange(chosen.map(({ value }) => value))}
      placeholder={props.placeholder}
      noOptionsMessage={() => props.nothing}
      loadingMessage={() => props.loadingText}
      maxMenuHeight={200}
    />
  );
}
