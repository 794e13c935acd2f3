-- What people have made of an alert, and who said so last; every step is in the ledger. `picture_right` is the permission
-- that shows its picture in the console: pictures may show people, which not everybody who reads alerts may see.
alter table cloud_alert add column picture_right text;
alter table cloud_alert add column state text not null default 'open' check (state in ('open', 'acknowledged', 'resolved'));
alter table cloud_alert add column handled_at timestamptz;
alter table cloud_alert add column handled_by text;
alter table cloud_alert add column note text not null default '';
create index cloud_alert_unresolved on cloud_alert (raised_at desc) where state <> 'resolved';
