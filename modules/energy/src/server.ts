/** Door 2 of energy: the module itself and its services, for the server and for modules that may use them. */
import { cloudModule } from '@millwright/cloud/server';
import type { Host, Module } from '@millwright/kernel';
import './permissions.ts';
import { consumptionMethod } from './consumption/consumption-method.ts';
import { consumptionRoutes } from './consumption/routes.ts';
import { ConsumptionService } from './consumption/service.ts';
import { profileRoutes } from './profiles/routes.ts';
import { ProfileService } from './profiles/service.ts';
import { specificMethod } from './profiles/specific-method.ts';
import { Readings } from './readings/readings.ts';
import { reportMethod } from './reports/report-method.ts';
import { reportRoutes } from './reports/routes.ts';
import { ReportService } from './reports/service.ts';

export type { ConsumptionAnswer, ProvenConsumptionAnswer, SankeyAnswer } from './consumption/schemas.ts';
export type { ConsumptionRequest, ConsumptionService } from './consumption/service.ts';
export type { HeatMapAnswer, ProfileAnswer, SpecificAnswer } from './profiles/schemas.ts';
export type { ProfileService } from './profiles/service.ts';
export type { ReportAnswer } from './reports/schemas.ts';
export type { ReportRequest, ReportService } from './reports/service.ts';

/** What other modules may use of energy. */
export interface EnergyServices {
  readonly reports: ReportService;
  readonly consumption: ConsumptionService;
  readonly profiles: ProfileService;
}

export const energyModule: Module<EnergyServices> = {
  name: 'energy',
  needs: ['cloud'],
  async start(host: Host) {
    const { ledger, http: app } = host;
    const cloud = host.use(cloudModule);
    const readings = new Readings(cloud.measurements);
    const reports = new ReportService({ cloud, ledger, readings });
    const consumption = new ConsumptionService({ cloud, ledger, readings });
    const profiles = new ProfileService({ cloud, ledger, readings, reports });

    ledger.registerMethod(reportMethod(readings));
    ledger.registerMethod(consumptionMethod(readings));
    ledger.registerMethod(specificMethod(readings));
    reportRoutes(app, reports);
    profileRoutes(app, profiles);
    consumptionRoutes(app, consumption);
    return { services: { reports, consumption, profiles } };
  },
};
