pragma application_id = 1380275278;
pragma user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE absence (
	id INTEGER NOT NULL, 
	staff_id INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	until_on DATE NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT from_on_is_day CHECK (from_on is null or from_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT until_on_is_day CHECK (until_on is null or until_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT absence_has_days CHECK (from_on <= until_on), 
	FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE backtest (
	id INTEGER NOT NULL, 
	made_on DATE NOT NULL, 
	found VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT made_on_is_day CHECK (made_on is null or made_on between '1000-01-01' and '9999-12-31')
);
CREATE TABLE campaign (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR(200) NOT NULL, 
	made_on DATE NOT NULL, 
	channel VARCHAR NOT NULL, 
	subject VARCHAR(200), 
	text VARCHAR(10000) NOT NULL, 
	service_id INTEGER, 
	cost INTEGER, 
	currency VARCHAR(3) NOT NULL, 
	CONSTRAINT channel_is_known CHECK (channel is null or channel in ('mail', 'message', 'call', 'visit')), 
	CONSTRAINT made_on_is_day CHECK (made_on is null or made_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(service_id) REFERENCES service (id)
);
CREATE TABLE campaign_contact (
	id INTEGER NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	error VARCHAR, 
	sent_on DATE, 
	by_hand BOOLEAN NOT NULL, 
	answered_on DATE, 
	answer VARCHAR(500), 
	visit_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT answered_on_is_day CHECK (answered_on is null or answered_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT sent_on_is_day CHECK (sent_on is null or sent_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT state_is_known CHECK (state is null or state in ('chosen', 'sending', 'sent', 'failed')), 
	FOREIGN KEY(campaign_id) REFERENCES campaign (id), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL
);
CREATE TABLE clock (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	plan_line_id INTEGER NOT NULL, 
	since_on DATE NOT NULL, 
	until_on DATE, 
	first_on DATE NOT NULL, 
	last_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT first_on_is_day CHECK (first_on is null or first_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT last_on_is_day CHECK (last_on is null or last_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT since_on_is_day CHECK (since_on is null or since_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT until_on_is_day CHECK (until_on is null or until_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(plan_line_id) REFERENCES plan_line (id), 
	FOREIGN KEY(service_id) REFERENCES service (id)
);
CREATE TABLE coupon (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	granted_on DATE NOT NULL, 
	amount INTEGER, 
	percent INTEGER, 
	min_spend INTEGER NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	expires_on DATE, 
	used_on DATE, 
	saved INTEGER, 
	words VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT expires_on_is_day CHECK (expires_on is null or expires_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT granted_on_is_day CHECK (granted_on is null or granted_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT used_on_is_day CHECK (used_on is null or used_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT amount_or_percent CHECK ((amount is null) <> (percent is null)), 
	CONSTRAINT percent_in_range CHECK (percent is null or percent between 1 and 100), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE customer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	external_id VARCHAR(200), 
	source VARCHAR DEFAULT 'shop' NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	search_key VARCHAR NOT NULL, 
	phone VARCHAR, 
	email VARCHAR, 
	address VARCHAR, 
	area VARCHAR, 
	birth_month INTEGER, 
	birth_day INTEGER, 
	birth_year INTEGER, 
	birth_calendar VARCHAR, 
	birth_leap_month BOOLEAN, 
	do_not_contact BOOLEAN DEFAULT 0 NOT NULL, 
	owner_id INTEGER, 
	note VARCHAR, 
	created_on DATE NOT NULL, 
	batch_id INTEGER, 
	CONSTRAINT birth_calendar_is_known CHECK (birth_calendar is null or birth_calendar in ('solar', 'lunar')), 
	CONSTRAINT created_on_is_day CHECK (created_on is null or created_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT birthday_is_whole CHECK ((birth_month is null) = (birth_day is null)), 
	CONSTRAINT birth_day_in_range CHECK (birth_day is null or birth_day between 1 and 31), 
	CONSTRAINT birth_month_in_range CHECK (birth_month is null or birth_month between 1 and 12), 
	CONSTRAINT birth_year_in_range CHECK (birth_year is null or birth_year between 1 and 9999), 
	CONSTRAINT name_length CHECK (length(name) between 1 and 200), 
	FOREIGN KEY(batch_id) REFERENCES import_batch (id), 
	FOREIGN KEY(owner_id) REFERENCES staff (id)
);
CREATE TABLE customer_day (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	month INTEGER, 
	day INTEGER, 
	year INTEGER, 
	calendar VARCHAR NOT NULL, 
	leap_month BOOLEAN NOT NULL, 
	rule VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT calendar_is_known CHECK (calendar is null or calendar in ('solar', 'lunar')), 
	CONSTRAINT customer_day_is_a_day_or_a_rule CHECK ((month is null) <> (rule is null)), 
	CONSTRAINT customer_day_is_whole CHECK ((month is null) = (day is null)), 
	CONSTRAINT day_in_range CHECK (day is null or day between 1 and 31), 
	CONSTRAINT month_in_range CHECK (month is null or month between 1 and 12), 
	CONSTRAINT year_in_range CHECK (year is null or year between 1 and 9999), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE customer_identity (
	id INTEGER NOT NULL, 
	source VARCHAR(60) NOT NULL, 
	external_id VARCHAR(200) NOT NULL, 
	customer_id INTEGER NOT NULL, 
	batch_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(batch_id) REFERENCES import_batch (id), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE day_off (
	country VARCHAR NOT NULL, 
	day_on DATE NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (country, day_on), 
	CONSTRAINT day_on_is_day CHECK (day_on is null or day_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT kind_of_day_is_known CHECK (kind in ('off', 'work'))
);
CREATE TABLE decision (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	decided_on DATE NOT NULL, 
	until_on DATE, 
	channel VARCHAR, 
	words VARCHAR(1000), 
	reason VARCHAR, 
	service VARCHAR, 
	due_on DATE, 
	through_on DATE, 
	lifted_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT due_where_about_a_service CHECK ((due_on is not null) = (kind in ('skip', 'snooze'))), 
	CONSTRAINT until_where_it_ends CHECK ((until_on is not null) = (kind in ('snooze', 'pause'))), 
	CONSTRAINT channel_is_known CHECK (channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')), 
	CONSTRAINT decided_on_is_day CHECK (decided_on is null or decided_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT due_on_is_day CHECK (due_on is null or due_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT kind_is_known CHECK (kind is null or kind in ('skip', 'snooze', 'pause', 'never', 'inactive', 'deceased')), 
	CONSTRAINT lifted_on_is_day CHECK (lifted_on is null or lifted_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT through_on_is_day CHECK (through_on is null or through_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT until_on_is_day CHECK (until_on is null or until_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE enrolment (
	customer_id INTEGER NOT NULL, 
	grade VARCHAR NOT NULL, 
	amount INTEGER NOT NULL, 
	since_on DATE NOT NULL, 
	first_on DATE NOT NULL, 
	phase INTEGER NOT NULL, 
	waits INTEGER NOT NULL, 
	PRIMARY KEY (customer_id), 
	CONSTRAINT grade_is_known CHECK (grade is null or grade = 'A' or grade = 'B' or grade = 'C'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE erased (
	hash VARCHAR NOT NULL, 
	erased_on DATE NOT NULL, 
	PRIMARY KEY (hash), 
	CONSTRAINT erased_on_is_day CHECK (erased_on is null or erased_on between '1000-01-01' and '9999-12-31')
);
CREATE TABLE event (
	id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	kind VARCHAR NOT NULL, 
	held_on DATE NOT NULL, 
	place VARCHAR, 
	cost INTEGER, 
	currency VARCHAR NOT NULL, 
	counted_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT counted_on_is_day CHECK (counted_on is null or counted_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT held_on_is_day CHECK (held_on is null or held_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT kind_is_known CHECK (kind is null or kind in ('forum', 'tasting', 'party', 'other'))
);
CREATE TABLE feedback (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	words VARCHAR(2000) NOT NULL, 
	said_on DATE NOT NULL, 
	action VARCHAR, 
	owner VARCHAR, 
	due_on DATE, 
	done_on DATE, 
	result VARCHAR, 
	told_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT done_on_is_day CHECK (done_on is null or done_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT due_on_is_day CHECK (due_on is null or due_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT kind_is_known CHECK (kind is null or kind in ('suggestion', 'complaint', 'praise')), 
	CONSTRAINT said_on_is_day CHECK (said_on is null or said_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT told_on_is_day CHECK (told_on is null or told_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE fit (
	id INTEGER NOT NULL, 
	fitted_on DATE NOT NULL, 
	model VARCHAR NOT NULL, 
	because VARCHAR NOT NULL, 
	currency VARCHAR NOT NULL, 
	horizon_days INTEGER NOT NULL, 
	customers INTEGER NOT NULL, 
	repeaters INTEGER NOT NULL, 
	parameters VARCHAR NOT NULL, 
	log_likelihood FLOAT, 
	last_purchase_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT fitted_on_is_day CHECK (fitted_on is null or fitted_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT model_is_known CHECK (model is null or model in ('bg-nbd', 'mbg-nbd', 'gaps', 'none'))
);
CREATE TABLE gift (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	visit_id INTEGER, 
	what VARCHAR(200) NOT NULL, 
	thought_of_on DATE NOT NULL, 
	for_on DATE, 
	bought_on DATE, 
	cost INTEGER, 
	currency VARCHAR, 
	given_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT bought_on_is_day CHECK (bought_on is null or bought_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT for_on_is_day CHECK (for_on is null or for_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT given_on_is_day CHECK (given_on is null or given_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT thought_of_on_is_day CHECK (thought_of_on is null or thought_of_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL
);
CREATE TABLE goal (
	id INTEGER NOT NULL, 
	measure VARCHAR(60) NOT NULL, 
	target INTEGER NOT NULL, 
	unit VARCHAR NOT NULL, 
	currency VARCHAR, 
	months INTEGER NOT NULL, 
	set_on DATE NOT NULL, 
	by_on DATE NOT NULL, 
	owner VARCHAR, 
	grade VARCHAR, 
	staff_id INTEGER, 
	dropped_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT currency_of_money CHECK ((currency is not null) = (unit = 'money')), 
	CONSTRAINT by_on_is_day CHECK (by_on is null or by_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT dropped_on_is_day CHECK (dropped_on is null or dropped_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT grade_of_goal_is_known CHECK (grade is null or grade in ('A', 'B', 'C', 'none')), 
	CONSTRAINT set_on_is_day CHECK (set_on is null or set_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT unit_is_known CHECK (unit is null or unit in ('share', 'money', 'number')), 
	CONSTRAINT months_in_range CHECK (months is null or months between 1 and 120), 
	CONSTRAINT goal_has_days CHECK (set_on < by_on), 
	FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE grading (
	id INTEGER NOT NULL, 
	graded_on DATE NOT NULL, 
	scheme VARCHAR NOT NULL, 
	window_months INTEGER NOT NULL, 
	currency VARCHAR NOT NULL, 
	customers INTEGER NOT NULL, 
	lowest_a INTEGER, 
	lowest_b INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT graded_on_is_day CHECK (graded_on is null or graded_on between '1000-01-01' and '9999-12-31')
);
CREATE TABLE holdout (
	id INTEGER NOT NULL, 
	started_on DATE NOT NULL, 
	ended_on DATE, 
	percent INTEGER NOT NULL, 
	seed INTEGER NOT NULL, 
	birthdays INTEGER NOT NULL, 
	customers INTEGER NOT NULL, 
	held_out INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ended_on_is_day CHECK (ended_on is null or ended_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT started_on_is_day CHECK (started_on is null or started_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT percent_in_range CHECK (percent is null or percent between 1 and 50)
);
CREATE TABLE holdout_member (
	id INTEGER NOT NULL, 
	holdout_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	held INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(holdout_id) REFERENCES holdout (id)
);
CREATE TABLE import_batch (
	id INTEGER NOT NULL, 
	file VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	source VARCHAR DEFAULT '' NOT NULL, 
	imported_on DATE NOT NULL, 
	rows INTEGER NOT NULL, 
	created INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	rejected INTEGER NOT NULL, 
	review INTEGER NOT NULL, 
	suppressed INTEGER DEFAULT '0' NOT NULL, 
	undone_by INTEGER, 
	bought_from DATE, 
	bought_until DATE, 
	currencies VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT imported_on_is_day CHECK (imported_on is null or imported_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(undone_by) REFERENCES import_batch (id)
);
CREATE TABLE import_profile (
	name VARCHAR(60) NOT NULL, 
	reading VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE invitation (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	invited_on DATE, 
	answer VARCHAR, 
	answered_on DATE, 
	came BOOLEAN NOT NULL, 
	visit_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT answer_is_known CHECK (answer is null or answer in ('yes', 'no', 'maybe')), 
	CONSTRAINT answered_on_is_day CHECK (answered_on is null or answered_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT invited_on_is_day CHECK (invited_on is null or invited_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(event_id) REFERENCES event (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL
);
CREATE TABLE journal (
	id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	table_name VARCHAR NOT NULL, 
	row_id INTEGER NOT NULL, 
	column_name VARCHAR NOT NULL, 
	old VARCHAR, 
	new VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE TABLE moved_day (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	plan_line_id INTEGER NOT NULL, 
	nominal_on DATE NOT NULL, 
	moved_on DATE NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT moved_on_is_day CHECK (moved_on is null or moved_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT nominal_on_is_day CHECK (nominal_on is null or nominal_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(plan_line_id) REFERENCES plan_line (id)
);
CREATE TABLE need (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	visit_id INTEGER, 
	what VARCHAR(2000) NOT NULL, 
	category VARCHAR NOT NULL, 
	amount INTEGER, 
	currency VARCHAR, 
	said_on DATE NOT NULL, 
	wanted_on DATE, 
	wanted_words VARCHAR, 
	status VARCHAR NOT NULL, 
	closed_on DATE, 
	met_by_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT closed_on_is_day CHECK (closed_on is null or closed_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT said_on_is_day CHECK (said_on is null or said_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT status_is_known CHECK (status is null or status in ('open', 'met', 'gone')), 
	CONSTRAINT wanted_on_is_day CHECK (wanted_on is null or wanted_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(met_by_id) REFERENCES purchase (id) ON DELETE SET NULL, 
	FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL
);
CREATE TABLE notice (
	id INTEGER NOT NULL, 
	digest_on DATE NOT NULL, 
	staff VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	customers INTEGER NOT NULL, 
	claimed_by VARCHAR NOT NULL, 
	lease_until_at VARCHAR, 
	retry_at VARCHAR, 
	sent_at VARCHAR, 
	error VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT digest_on_is_day CHECK (digest_on is null or digest_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT state_is_known CHECK (state is null or state in ('sending', 'sent', 'failed', 'superseded')), 
	CONSTRAINT attempts_in_range CHECK (attempts is null or attempts between 0 and 1000000), 
	CONSTRAINT one_digest_a_day UNIQUE (staff, channel, digest_on)
);
CREATE TABLE offer (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	offered_on DATE NOT NULL, 
	answer VARCHAR NOT NULL, 
	because VARCHAR, 
	staff VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT answer_is_known CHECK (answer is null or answer in ('accepted', 'declined', 'not-reached')), 
	CONSTRAINT offered_on_is_day CHECK (offered_on is null or offered_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(service_id) REFERENCES service (id)
);
CREATE TABLE past_enrolment (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	grade VARCHAR NOT NULL, 
	amount INTEGER NOT NULL, 
	since_on DATE NOT NULL, 
	until_on DATE NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT grade_is_known CHECK (grade is null or grade = 'A' or grade = 'B' or grade = 'C'), 
	CONSTRAINT since_on_is_day CHECK (since_on is null or since_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT until_on_is_day CHECK (until_on is null or until_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE pin (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	grade VARCHAR NOT NULL, 
	reason VARCHAR(500) NOT NULL, 
	pinned_on DATE NOT NULL, 
	until_on DATE, 
	ended_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT ended_on_is_day CHECK (ended_on is null or ended_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT grade_is_known CHECK (grade is null or grade = 'A' or grade = 'B' or grade = 'C'), 
	CONSTRAINT pinned_on_is_day CHECK (pinned_on is null or pinned_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT until_on_is_day CHECK (until_on is null or until_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE plan_line (
	id INTEGER NOT NULL, 
	grade VARCHAR, 
	customer_id INTEGER, 
	service_id INTEGER NOT NULL, 
	anchor VARCHAR NOT NULL, 
	anchor_of VARCHAR DEFAULT '' NOT NULL, 
	every VARCHAR NOT NULL, 
	"after" VARCHAR, 
	lead_days INTEGER NOT NULL, 
	grace_days INTEGER NOT NULL, 
	channel VARCHAR NOT NULL, 
	cost INTEGER, 
	minutes INTEGER, 
	since_on DATE, 
	removed_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT anchor_is_known CHECK (anchor in ('last-done', 'purchase', 'birthday', 'anniversary', 'holiday')), 
	CONSTRAINT channel_is_known CHECK (channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')), 
	CONSTRAINT grade_of_line_is_known CHECK (grade is null or grade in ('A', 'B', 'C', 'none')), 
	CONSTRAINT removed_on_is_day CHECK (removed_on is null or removed_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT since_on_is_day CHECK (since_on is null or since_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT line_is_of_a_grade_or_a_customer CHECK ((grade is null) <> (customer_id is null)), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(service_id) REFERENCES service (id)
);
INSERT INTO "plan_line" VALUES(1,'A',NULL,1,'last-done','','1m',NULL,0,7,'visit',NULL,NULL,NULL,NULL);
INSERT INTO "plan_line" VALUES(2,'A',NULL,2,'last-done','','6m',NULL,0,30,'visit',NULL,NULL,NULL,NULL);
INSERT INTO "plan_line" VALUES(3,'A',NULL,3,'birthday','','1y',NULL,7,3,'visit',NULL,NULL,NULL,NULL);
INSERT INTO "plan_line" VALUES(4,'A',NULL,5,'last-done','','1y',NULL,0,30,'visit',NULL,NULL,NULL,NULL);
INSERT INTO "plan_line" VALUES(5,'A',NULL,6,'anniversary','','1y',NULL,7,3,'visit',NULL,NULL,NULL,NULL);
INSERT INTO "plan_line" VALUES(6,'B',NULL,1,'last-done','','3m',NULL,0,14,'call',NULL,NULL,NULL,NULL);
INSERT INTO "plan_line" VALUES(7,'B',NULL,2,'last-done','','1y',NULL,0,30,'visit',NULL,NULL,NULL,NULL);
INSERT INTO "plan_line" VALUES(8,'B',NULL,4,'birthday','','1y',NULL,0,3,'call',NULL,NULL,NULL,NULL);
INSERT INTO "plan_line" VALUES(9,'C',NULL,1,'last-done','','6m',NULL,0,30,'call',NULL,NULL,NULL,NULL);
INSERT INTO "plan_line" VALUES(10,'C',NULL,4,'birthday','','1y',NULL,0,3,'message',NULL,NULL,NULL,NULL);
CREATE TABLE points_entry (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	happened_on DATE NOT NULL, 
	points INTEGER NOT NULL, 
	expires_on DATE, 
	grant_id INTEGER, 
	words VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT expires_on_is_day CHECK (expires_on is null or expires_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT happened_on_is_day CHECK (happened_on is null or happened_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT use_names_its_grant CHECK ((points < 0) = (grant_id is not null)), 
	CONSTRAINT points_are_some CHECK (points <> 0), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(grant_id) REFERENCES points_entry (id)
);
CREATE TABLE policy (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE prediction (
	customer_id INTEGER NOT NULL, 
	fit_id INTEGER NOT NULL, 
	predicted_on DATE NOT NULL, 
	p_alive FLOAT, 
	p_alive_low FLOAT, 
	p_alive_high FLOAT, 
	expected_orders FLOAT, 
	expected_orders_low FLOAT, 
	expected_orders_high FLOAT, 
	expected_amount INTEGER, 
	expected_amount_low INTEGER, 
	expected_amount_high INTEGER, 
	next_from DATE, 
	next_to DATE, 
	PRIMARY KEY (customer_id), 
	CONSTRAINT next_from_is_day CHECK (next_from is null or next_from between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT next_to_is_day CHECK (next_to is null or next_to between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT predicted_on_is_day CHECK (predicted_on is null or predicted_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT p_alive_is_chance CHECK (p_alive is null or p_alive between 0 and 1), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(fit_id) REFERENCES fit (id)
);
CREATE TABLE preference (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	words VARCHAR(2000) NOT NULL, 
	said_on DATE NOT NULL, 
	until_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT kind_is_known CHECK (kind is null or kind in ('channel', 'time', 'likes', 'dislikes', 'owns', 'competitor')), 
	CONSTRAINT said_on_is_day CHECK (said_on is null or said_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT until_on_is_day CHECK (until_on is null or until_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE promise (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	visit_id INTEGER, 
	words VARCHAR(2000) NOT NULL, 
	made_on DATE NOT NULL, 
	due_on DATE NOT NULL, 
	owner VARCHAR, 
	status VARCHAR NOT NULL, 
	closed_on DATE, 
	made_good VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT closed_on_is_day CHECK (closed_on is null or closed_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT due_on_is_day CHECK (due_on is null or due_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT made_on_is_day CHECK (made_on is null or made_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT status_is_known CHECK (status is null or status in ('open', 'kept', 'late', 'broken')), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL
);
CREATE TABLE purchase (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	bought_on DATE NOT NULL, 
	amount INTEGER NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	order_number VARCHAR NOT NULL, 
	product VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	quantity FLOAT NOT NULL, 
	nth INTEGER NOT NULL, 
	batch_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT bought_on_is_day CHECK (bought_on is null or bought_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(batch_id) REFERENCES import_batch (id), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE rating (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	visit_id INTEGER, 
	ticket_id INTEGER, 
	question VARCHAR NOT NULL, 
	score INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT rating_is_about_one CHECK ((visit_id is null) <> (ticket_id is null)), 
	CONSTRAINT rating_question_length CHECK (length(question) between 1 and 60), 
	CONSTRAINT score_in_range CHECK (score is null or score between 1 and 5), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE CASCADE, 
	FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE
);
CREATE TABLE referral (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	said_on DATE NOT NULL, 
	words VARCHAR NOT NULL, 
	rewarded_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT rewarded_on_is_day CHECK (rewarded_on is null or rewarded_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT said_on_is_day CHECK (said_on is null or said_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE referred (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	referral_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(referral_id) REFERENCES referral (id) ON DELETE CASCADE
);
CREATE TABLE review_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	why VARCHAR NOT NULL, 
	row_values VARCHAR NOT NULL, 
	candidates VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	nth INTEGER NOT NULL, 
	decision VARCHAR, 
	decided_on DATE, 
	customer_id INTEGER, 
	CONSTRAINT decided_on_is_day CHECK (decided_on is null or decided_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT decision_is_known CHECK (decision is null or decision in ('take', 'new', 'drop')), 
	FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE TABLE rhythm (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	found_on DATE NOT NULL, 
	purchase_days INTEGER NOT NULL, 
	last_on DATE NOT NULL, 
	median_days INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT found_on_is_day CHECK (found_on is null or found_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT last_on_is_day CHECK (last_on is null or last_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE segment (
	id INTEGER NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	condition VARCHAR(2000) NOT NULL, 
	made_on DATE NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT made_on_is_day CHECK (made_on is null or made_on between '1000-01-01' and '9999-12-31'), 
	UNIQUE (name)
);
CREATE TABLE service (
	id INTEGER NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	settled_by VARCHAR NOT NULL, 
	moves VARCHAR NOT NULL, 
	cost INTEGER NOT NULL, 
	minutes INTEGER NOT NULL, 
	channel VARCHAR NOT NULL, 
	retired_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT channel_is_known CHECK (channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')), 
	CONSTRAINT moves_is_known CHECK (moves in ('before', 'after')), 
	CONSTRAINT retired_on_is_day CHECK (retired_on is null or retired_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT settled_by_is_known CHECK (settled_by in ('any visit', 'itself')), 
	UNIQUE (name)
);
INSERT INTO "service" VALUES(1,'return visit','any visit','after',0,30,'visit',NULL);
INSERT INTO "service" VALUES(2,'maintenance','itself','before',0,90,'visit',NULL);
INSERT INTO "service" VALUES(3,'birthday gift','itself','before',0,30,'visit',NULL);
INSERT INTO "service" VALUES(4,'birthday wish','any visit','before',0,5,'call',NULL);
INSERT INTO "service" VALUES(5,'senior visit','itself','after',0,60,'visit',NULL);
INSERT INTO "service" VALUES(6,'anniversary gift','itself','before',0,30,'visit',NULL);
INSERT INTO "service" VALUES(7,'overhaul','itself','before',0,180,'visit',NULL);
INSERT INTO "service" VALUES(8,'holiday greeting','any visit','before',0,5,'message',NULL);
INSERT INTO "service" VALUES(9,'holiday gift','itself','before',0,30,'visit',NULL);
INSERT INTO "service" VALUES(10,'thank-you','any visit','after',0,5,'message',NULL);
INSERT INTO "service" VALUES(11,'purchase check','any visit','after',0,15,'call',NULL);
CREATE TABLE staff (
	id INTEGER NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	search_key VARCHAR NOT NULL, 
	role VARCHAR(60), 
	backup_id INTEGER, 
	minutes_per_day INTEGER NOT NULL, 
	work_days VARCHAR, 
	retired_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT retired_on_is_day CHECK (retired_on is null or retired_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT staff_name_length CHECK (length(name) between 1 and 60), 
	CONSTRAINT minutes_per_day_in_range CHECK (minutes_per_day is null or minutes_per_day between 0 and 1440), 
	FOREIGN KEY(backup_id) REFERENCES staff (id), 
	UNIQUE (search_key)
);
CREATE TABLE staff_skill (
	id INTEGER NOT NULL, 
	staff_id INTEGER NOT NULL, 
	skill VARCHAR NOT NULL, 
	search_key VARCHAR NOT NULL, 
	trained_on DATE, 
	renew_by_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT renew_by_on_is_day CHECK (renew_by_on is null or renew_by_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT trained_on_is_day CHECK (trained_on is null or trained_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT skill_length CHECK (length(skill) between 1 and 60), 
	CONSTRAINT training_lasts CHECK (trained_on < renew_by_on), 
	FOREIGN KEY(staff_id) REFERENCES staff (id)
);
CREATE TABLE terms (
	id INTEGER NOT NULL, 
	grade VARCHAR NOT NULL, 
	words VARCHAR(200) NOT NULL, 
	from_on DATE NOT NULL, 
	until_on DATE, 
	PRIMARY KEY (id), 
	CONSTRAINT from_on_is_day CHECK (from_on is null or from_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT grade_is_known CHECK (grade is null or grade = 'A' or grade = 'B' or grade = 'C'), 
	CONSTRAINT until_on_is_day CHECK (until_on is null or until_on between '1000-01-01' and '9999-12-31')
);
CREATE TABLE ticket (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	words VARCHAR(2000) NOT NULL, 
	opened_on DATE NOT NULL, 
	promised_on DATE NOT NULL, 
	owner VARCHAR, 
	resolved_on DATE, 
	resolution VARCHAR, 
	rating INTEGER, 
	rated_on DATE, 
	follow_up_on DATE, 
	rated_after INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT follow_up_on_is_day CHECK (follow_up_on is null or follow_up_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT kind_is_known CHECK (kind is null or kind in ('complaint', 'repair', 'maintenance', 'question')), 
	CONSTRAINT opened_on_is_day CHECK (opened_on is null or opened_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT promised_on_is_day CHECK (promised_on is null or promised_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT rated_on_is_day CHECK (rated_on is null or rated_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT resolved_on_is_day CHECK (resolved_on is null or resolved_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT rating_in_range CHECK (rating is null or rating between 1 and 5), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE ticket_event (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	happened_on DATE NOT NULL, 
	what VARCHAR NOT NULL, 
	words VARCHAR NOT NULL, 
	staff VARCHAR, 
	PRIMARY KEY (id), 
	CONSTRAINT happened_on_is_day CHECK (happened_on is null or happened_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE CASCADE
);
CREATE TABLE visit (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	visited_on DATE NOT NULL, 
	channel VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	satisfaction INTEGER, 
	note VARCHAR, 
	cost INTEGER, 
	currency VARCHAR, 
	minutes INTEGER, 
	next_on DATE, 
	followed_on DATE, 
	staff VARCHAR, 
	occasion_id INTEGER, 
	batch_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT channel_is_known CHECK (channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')), 
	CONSTRAINT followed_on_is_day CHECK (followed_on is null or followed_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT next_on_is_day CHECK (next_on is null or next_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT outcome_is_known CHECK (outcome is null or outcome in ('done', 'not-reached', 'refused', 'incident')), 
	CONSTRAINT visited_on_is_day CHECK (visited_on is null or visited_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT minutes_in_range CHECK (minutes is null or minutes between 0 and 1440), 
	CONSTRAINT satisfaction_in_range CHECK (satisfaction is null or satisfaction between 1 and 5), 
	FOREIGN KEY(batch_id) REFERENCES import_batch (id), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(occasion_id) REFERENCES visit (id)
);
CREATE TABLE visit_original (
	id INTEGER NOT NULL, 
	visit_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	corrected_on DATE NOT NULL, 
	said VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT corrected_on_is_day CHECK (corrected_on is null or corrected_on between '1000-01-01' and '9999-12-31'), 
	FOREIGN KEY(customer_id) REFERENCES customer (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE
);
CREATE TABLE visit_service (
	visit_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	PRIMARY KEY (visit_id, service_id), 
	FOREIGN KEY(service_id) REFERENCES service (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE
);
CREATE INDEX event_by_day ON event (held_on);
CREATE UNIQUE INDEX notice_by_key ON notice ("key");
CREATE INDEX terms_of_grade ON terms (grade);
CREATE INDEX absence_of_staff ON absence (staff_id, until_on);
CREATE INDEX customer_by_birthday ON customer (birth_month, birth_day) WHERE birth_month is not null;
CREATE INDEX customer_by_email ON customer (email) WHERE email is not null;
CREATE UNIQUE INDEX customer_by_external_id ON customer (external_id, source);
CREATE INDEX customer_by_lunar_birthday ON customer (birth_month, birth_day) WHERE birth_calendar = 'lunar';
CREATE INDEX customer_by_owner ON customer (owner_id) WHERE owner_id is not null;
CREATE INDEX customer_by_phone ON customer (phone) WHERE phone is not null;
CREATE INDEX journal_of_batch ON journal (batch_id);
CREATE INDEX journal_of_row ON journal (table_name, row_id);
CREATE UNIQUE INDEX review_item_by_row ON review_item (digest, nth);
CREATE INDEX review_item_open ON review_item (id) WHERE decision is null;
CREATE UNIQUE INDEX skill_of_staff ON staff_skill (staff_id, search_key);
CREATE INDEX coupon_by_expiry ON coupon (expires_on) WHERE used_on is null and expires_on is not null;
CREATE INDEX coupon_of_customer ON coupon (customer_id);
CREATE INDEX customer_day_by_day ON customer_day (month, day) WHERE month is not null;
CREATE INDEX customer_day_by_rule ON customer_day (rule) WHERE rule is not null;
CREATE UNIQUE INDEX customer_day_of_customer ON customer_day (customer_id, name);
CREATE UNIQUE INDEX customer_identity_by_id ON customer_identity (external_id, source);
CREATE INDEX customer_identity_of_customer ON customer_identity (customer_id);
CREATE INDEX decision_by_day ON decision (decided_on);
CREATE INDEX decision_of_customer ON decision (customer_id, kind);
CREATE INDEX enrolment_by_first ON enrolment (grade, first_on) WHERE waits = 1;
CREATE INDEX feedback_of_customer ON feedback (customer_id);
CREATE INDEX feedback_open_by_day ON feedback (due_on) WHERE done_on is null;
CREATE INDEX holdout_member_held ON holdout_member (holdout_id, customer_id) WHERE held = 1;
CREATE UNIQUE INDEX holdout_member_of_customer ON holdout_member (customer_id, holdout_id);
CREATE INDEX offer_of_customer ON offer (customer_id, service_id, offered_on);
CREATE INDEX offer_of_service ON offer (service_id, offered_on);
CREATE INDEX past_enrolment_of_customer ON past_enrolment (customer_id);
CREATE UNIQUE INDEX pin_of_customer ON pin (customer_id) WHERE ended_on is null;
CREATE UNIQUE INDEX plan_line_of_customer ON plan_line (customer_id, service_id, anchor_of);
CREATE UNIQUE INDEX plan_line_of_grade ON plan_line (grade, service_id, anchor_of);
CREATE INDEX points_by_expiry ON points_entry (expires_on) WHERE expires_on is not null;
CREATE INDEX points_of_customer ON points_entry (customer_id, expires_on);
CREATE INDEX points_of_grant ON points_entry (grant_id) WHERE grant_id is not null;
CREATE INDEX prediction_by_end ON prediction (next_to);
CREATE INDEX prediction_by_next ON prediction (next_from);
CREATE INDEX preference_of_customer ON preference (customer_id);
CREATE UNIQUE INDEX purchase_line ON purchase (customer_id, bought_on, amount, currency, order_number, product, nth);
CREATE INDEX purchase_without_batch ON purchase (batch_id) WHERE batch_id is null;
CREATE INDEX referral_of_customer ON referral (customer_id);
CREATE INDEX rhythm_by_gap ON rhythm (median_days, last_on) WHERE median_days is not null;
CREATE INDEX rhythm_by_last ON rhythm (last_on);
CREATE INDEX rhythm_of_customer ON rhythm (customer_id);
CREATE INDEX ticket_of_customer ON ticket (customer_id);
CREATE INDEX ticket_to_follow_by_day ON ticket (follow_up_on) WHERE follow_up_on is not null;
CREATE INDEX ticket_waiting_by_day ON ticket (promised_on) WHERE resolved_on is null;
CREATE INDEX visit_by_customer ON visit (customer_id, visited_on);
CREATE INDEX visit_by_day ON visit (visited_on);
CREATE INDEX visit_by_next ON visit (next_on) WHERE next_on is not null and followed_on is null;
CREATE INDEX campaign_contact_of_customer ON campaign_contact (customer_id);
CREATE UNIQUE INDEX campaign_contact_once ON campaign_contact (campaign_id, customer_id);
CREATE INDEX clock_by_customer ON clock (customer_id);
CREATE INDEX clock_by_first ON clock (plan_line_id, first_on) WHERE until_on is null and (last_on is null or last_on < since_on);
CREATE INDEX clock_by_last ON clock (plan_line_id, last_on) WHERE until_on is null and last_on >= since_on;
CREATE UNIQUE INDEX clock_of_customer ON clock (customer_id, plan_line_id) WHERE until_on is null;
CREATE INDEX gift_of_customer ON gift (customer_id);
CREATE INDEX gift_to_buy ON gift (for_on) WHERE bought_on is null and given_on is null and for_on is not null;
CREATE INDEX invitation_of_customer ON invitation (customer_id);
CREATE UNIQUE INDEX invitation_once ON invitation (event_id, customer_id);
CREATE INDEX moved_day_by_nominal ON moved_day (nominal_on);
CREATE UNIQUE INDEX moved_day_of_customer ON moved_day (customer_id, plan_line_id, nominal_on);
CREATE INDEX need_met_by ON need (met_by_id) WHERE met_by_id is not null;
CREATE INDEX need_of_customer ON need (customer_id);
CREATE INDEX need_open_by_day ON need (wanted_on) WHERE status = 'open' and wanted_on is not null;
CREATE INDEX promise_of_customer ON promise (customer_id);
CREATE INDEX promise_open_by_day ON promise (due_on) WHERE status = 'open';
CREATE INDEX rating_of_customer ON rating (customer_id);
CREATE UNIQUE INDEX rating_of_ticket ON rating (ticket_id, question);
CREATE UNIQUE INDEX rating_of_visit ON rating (visit_id, question);
CREATE INDEX referred_by ON referred (referral_id);
CREATE INDEX referred_customer ON referred (customer_id);
CREATE INDEX event_of_ticket ON ticket_event (ticket_id);
CREATE INDEX original_of_customer ON visit_original (customer_id);
CREATE INDEX original_of_visit ON visit_original (visit_id);
CREATE INDEX visit_service_by_service ON visit_service (service_id);
DELETE FROM "sqlite_sequence";
COMMIT;
