pragma application_id = 1380275278;
pragma user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
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
	FOREIGN KEY(batch_id) REFERENCES import_batch (id)
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
CREATE TABLE plan_line (
	id INTEGER NOT NULL, 
	grade VARCHAR NOT NULL, 
	service_id INTEGER NOT NULL, 
	anchor VARCHAR NOT NULL, 
	every VARCHAR NOT NULL, 
	lead_days INTEGER NOT NULL, 
	grace_days INTEGER NOT NULL, 
	channel VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT anchor_is_known CHECK (anchor in ('last-done', 'birthday')), 
	CONSTRAINT channel_is_known CHECK (channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')), 
	CONSTRAINT grade_is_known CHECK (grade is null or grade = 'A' or grade = 'B' or grade = 'C'), 
	FOREIGN KEY(service_id) REFERENCES service (id)
);
INSERT INTO "plan_line" VALUES(1,'A',1,'last-done','1m',0,7,'visit');
INSERT INTO "plan_line" VALUES(2,'A',2,'last-done','6m',0,30,'visit');
INSERT INTO "plan_line" VALUES(3,'A',3,'birthday','1y',7,3,'visit');
INSERT INTO "plan_line" VALUES(4,'B',1,'last-done','3m',0,14,'call');
INSERT INTO "plan_line" VALUES(5,'B',2,'last-done','1y',0,30,'visit');
INSERT INTO "plan_line" VALUES(6,'B',4,'birthday','1y',0,3,'call');
INSERT INTO "plan_line" VALUES(7,'C',1,'last-done','6m',0,30,'call');
INSERT INTO "plan_line" VALUES(8,'C',4,'birthday','1y',0,3,'message');
CREATE TABLE policy (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
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
CREATE TABLE service (
	id INTEGER NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	settled_by VARCHAR NOT NULL, 
	cost INTEGER NOT NULL, 
	minutes INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT settled_by_is_known CHECK (settled_by in ('any visit', 'itself')), 
	UNIQUE (name)
);
INSERT INTO "service" VALUES(1,'return visit','any visit',0,30);
INSERT INTO "service" VALUES(2,'maintenance','itself',0,90);
INSERT INTO "service" VALUES(3,'birthday gift','itself',0,30);
INSERT INTO "service" VALUES(4,'birthday wish','any visit',0,5);
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
	next_on DATE, 
	followed_on DATE, 
	staff VARCHAR, 
	batch_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT channel_is_known CHECK (channel is null or channel in ('visit', 'call', 'message', 'mail', 'event', 'other')), 
	CONSTRAINT followed_on_is_day CHECK (followed_on is null or followed_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT next_on_is_day CHECK (next_on is null or next_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT outcome_is_known CHECK (outcome is null or outcome in ('done', 'not-reached', 'refused', 'incident')), 
	CONSTRAINT visited_on_is_day CHECK (visited_on is null or visited_on between '1000-01-01' and '9999-12-31'), 
	CONSTRAINT satisfaction_in_range CHECK (satisfaction is null or satisfaction between 1 and 5), 
	FOREIGN KEY(batch_id) REFERENCES import_batch (id), 
	FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE visit_service (
	visit_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	PRIMARY KEY (visit_id, service_id), 
	FOREIGN KEY(service_id) REFERENCES service (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX notice_by_key ON notice ("key");
CREATE INDEX customer_by_birthday ON customer (birth_month, birth_day) WHERE birth_month is not null;
CREATE INDEX customer_by_email ON customer (email) WHERE email is not null;
CREATE UNIQUE INDEX customer_by_external_id ON customer (external_id, source);
CREATE INDEX customer_by_lunar_birthday ON customer (birth_month, birth_day) WHERE birth_calendar = 'lunar';
CREATE INDEX customer_by_phone ON customer (phone) WHERE phone is not null;
CREATE INDEX journal_of_batch ON journal (batch_id);
CREATE INDEX journal_of_row ON journal (table_name, row_id);
CREATE UNIQUE INDEX plan_line_of_grade ON plan_line (grade, service_id);
CREATE UNIQUE INDEX review_item_by_row ON review_item (digest, nth);
CREATE INDEX review_item_open ON review_item (id) WHERE decision is null;
CREATE INDEX clock_by_customer ON clock (customer_id);
CREATE INDEX clock_by_first ON clock (plan_line_id, first_on) WHERE until_on is null and (last_on is null or last_on < since_on);
CREATE INDEX clock_by_last ON clock (plan_line_id, last_on) WHERE until_on is null and last_on >= since_on;
CREATE UNIQUE INDEX clock_of_customer ON clock (customer_id, service_id) WHERE until_on is null;
CREATE UNIQUE INDEX customer_identity_by_id ON customer_identity (external_id, source);
CREATE INDEX customer_identity_of_customer ON customer_identity (customer_id);
CREATE INDEX enrolment_by_first ON enrolment (grade, first_on) WHERE waits = 1;
CREATE INDEX past_enrolment_of_customer ON past_enrolment (customer_id);
CREATE UNIQUE INDEX purchase_line ON purchase (customer_id, bought_on, amount, currency, order_number, product, nth);
CREATE INDEX purchase_without_batch ON purchase (batch_id) WHERE batch_id is null;
CREATE INDEX visit_by_customer ON visit (customer_id, visited_on);
CREATE INDEX visit_by_day ON visit (visited_on);
CREATE INDEX visit_by_next ON visit (next_on) WHERE next_on is not null and followed_on is null;
CREATE INDEX visit_service_by_service ON visit_service (service_id);
DELETE FROM "sqlite_sequence";
COMMIT;
