import { Button, Drawer, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Splash } from '../../../components/splash.tsx';
import { FactorSelect } from '../shared/factor-select.tsx';
import { FactorUseView } from '../shared/factor-use.tsx';
import { useFigure } from '../shared/use-figure.ts';
import type { FactorUse } from '../types.ts';
import { RestatedResult } from './restated-result.tsx';
import { factorsOfFinding, replacements } from './restatement-rows.ts';
import styles from './restatements.module.css';
import { useRestate } from './use-restatements.ts';

interface Fields {
  replace?: Record<string, string | undefined>;
  why: string;
}

/** Recalculates a recorded figure with another factor in place of one it used; what was published stays as it was. */
export function RestateDrawer({ figure, onClose }: { figure: string; onClose(): void }) {
  const { t } = useTranslation();
  const { finding, error } = useFigure(figure);
  const restate = useRestate();
  const factors = finding ? factorsOfFinding(finding) : [];
  const run = ({ replace = {}, why }: Fields) => restate.mutate({ figure, replace: replacements(replace), why });
  return (
    <Drawer open size={560} title={t('esg.restate.title')} onClose={onClose}>
      <p className="soft" style={{ marginBottom: 16 }}>
        {t('esg.restate.hint')}
      </p>
      {error && <ErrorNotice error={error} />}
      {!finding && !error && <Splash />}
      {finding && (
        <Form<Fields> layout="vertical" onFinish={run}>
          {factors.map((factor) => (
            <ReplaceField key={factor.id} factor={factor} />
          ))}
          <Form.Item
            name="why"
            label={t('esg.reason')}
            rules={[{ required: true, whitespace: true, message: t('esg.reasonMissing') }]}
          >
            <Input.TextArea rows={3} maxLength={2000} placeholder={t('esg.restate.whyExample')} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={restate.isPending}>
            {t('esg.restate.run')}
          </Button>
        </Form>
      )}
      {restate.error && <ErrorNotice error={restate.error} />}
      {restate.data && <RestatedResult restatement={restate.data} />}
    </Drawer>
  );
}

function ReplaceField({ factor }: { factor: FactorUse }) {
  const { t } = useTranslation();
  const carrier = factor.unit.endsWith('Wh') ? 'electricity' : undefined;
  return (
    <div className={styles.replace}>
      <FactorUseView factor={factor} />
      <span aria-hidden="true">→</span>
      <Form.Item name={['replace', factor.id]} noStyle>
        <FactorSelect carrier={carrier} placeholder={t('esg.restate.keep')} />
      </Form.Item>
    </div>
  );
}
