import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './line.module.css';
import { type Signal, signals } from './line-fields.ts';

/** The controller into whose OPC UA server the station writes what it shows, and the node of each signal there. */
export function PlcFields() {
  const { t } = useTranslation();
  const url: string | undefined = Form.useWatch(['plc', 'url']);
  return (
    <fieldset className={styles.fields}>
      <legend>{t('parts.line.plc.title')}</legend>
      <Form.Item name={['plc', 'url']} label={t('parts.line.plc.url')} extra={t('parts.line.plc.hint')}>
        <Input autoComplete="off" placeholder="opc.tcp://" />
      </Form.Item>
      {url?.trim() && (
        <>
          <Form.Item
            name={['plc', 'security']}
            label={t('parts.line.plc.security')}
            extra={t('parts.line.plc.securityHint')}
          >
            <Select
              options={(['SignAndEncrypt', 'Sign', 'None'] as const).map((value) => ({
                value,
                label: t(`parts.line.plc.securities.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name={['plc', 'username']} label={t('parts.line.plc.username')}>
            <Input autoComplete="off" placeholder={t('parts.line.plc.anonymous')} />
          </Form.Item>
          <Form.Item name={['plc', 'password']} label={t('parts.line.plc.password')}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Nodes />
        </>
      )}
    </fieldset>
  );
}

function Nodes() {
  const { t } = useTranslation();
  const chosen: readonly { readonly signal?: Signal }[] = Form.useWatch(['plc', 'nodes']) ?? [];
  const isFree = (signal: Signal) => !chosen.some((row) => row?.signal === signal);
  return (
    <Form.List name={['plc', 'nodes']}>
      {(rows, { add, remove }) => (
        <>
          <p className="soft">{t('parts.line.plc.nodes')}</p>
          {rows.map(({ key, name }) => (
            <div key={key} className={styles.row}>
              <Form.Item name={[name, 'signal']} noStyle rules={[{ required: true }]}>
                <Select
                  aria-label={t('parts.line.plc.signal')}
                  className={styles.signal!}
                  options={signals
                    .filter((signal) => isFree(signal) || chosen[name]?.signal === signal)
                    .map((signal) => ({ value: signal, label: <span data-raw>{signal}</span> }))}
                />
              </Form.Item>
              <Form.Item name={[name, 'node']} noStyle rules={[{ required: true }]}>
                <Input aria-label={t('parts.line.plc.node')} placeholder="ns=3;s=…" />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('actions.delete')}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          {signals.some(isFree) && (
            <Button icon={<PlusOutlined />} onClick={() => add({ signal: signals.find(isFree), node: '' })}>
              {t('parts.line.plc.addNode')}
            </Button>
          )}
        </>
      )}
    </Form.List>
  );
}
