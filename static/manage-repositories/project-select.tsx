import Select from '@atlaskit/select/select';
import type { ManagedSiteView } from '../../src/contract/views';
import { selectSpeech } from '../shared/select-speech';
import { useText } from '../shared/text';

type Option = { label: string; value: string };

type Props = {
  id: string;
  describedBy: string;
  invalid: boolean;
  all: ManagedSiteView['projects'];
  value: readonly string[];
  placeholder: string;
  onChange: (keys: string[]) => void;
};

/** Several projects of the site. A chosen one that no longer exists stays visible by its key. */
export function ProjectSelect({ id, describedBy, invalid, all, value, placeholder, onChange }: Props) {
  const text = useText();
  const options: Option[] = all.map(({ key, name }) => ({ value: key, label: `${name} (${key})` }));
  return (
    <Select<Option, true>
      inputId={id}
      descriptionId={describedBy}
      isInvalid={invalid}
      isMulti
      options={options}
      value={value.map((key) => options.find((option) => option.value === key) ?? { value: key, label: key })}
      onChange={(chosen: readonly Option[]) => onChange(chosen.map((option) => option.value))}
      placeholder={placeholder}
      noOptionsMessage={() => text.t('options.projects.none')}
      {...selectSpeech(text)}
    />
  );
}
