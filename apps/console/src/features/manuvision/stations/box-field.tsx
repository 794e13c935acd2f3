import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBoxes } from '../../edge/use-edge.ts';

/** Who judges: the server, or an edge box of the site. */
export function BoxField({ siteId }: { siteId: string }) {
  const { t } = useTranslation();
  const boxes = (useBoxes().data ?? []).filter((box) => box.siteId === siteId);
  if (boxes.length === 0) return null;
  const options = boxes.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Form.Item name="boxId" label={t('parts.box.title')} extra={t('parts.box.hint')}>
      <Select options={[{ value: '', label: t('parts.box.server') }, ...options]} />
    </Form.Item>
  );
}
