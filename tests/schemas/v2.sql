-- A journal of form 2, with rows in every table: `Connection.iterdump`, with the search index made anew.
-- Released, so never changed; a new form gets a file of its own beside this one.
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'mother_bond','m001_first_journal','2026-11-21 01:51:23.637333+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'mother_bond','m002_paths_and_sharing','2026-11-21 04:21:10.091587+00:00');
CREATE TABLE "answer" (
   "row" INTEGER PRIMARY KEY,
   "id" TEXT NOT NULL,
   "session_id" TEXT NOT NULL REFERENCES "session"("id"),
   "position" INTEGER NOT NULL,
   "prompt" TEXT,
   "question" TEXT,
   "text" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "trashed_at" TEXT
, "shared" INTEGER);
INSERT INTO "answer" VALUES(1,'01M3F10E00001HE5B0KXY78V39','01M3CEKQ000017HQF6WQYJKW2M',1,'emotional-debt.mother.notice.02','When did giving last come with a quiet count of what came back?','When I posted the parcel, and waited, and was cross.','2026-03-02T21:14:00+00:00',NULL,NULL);
INSERT INTO "answer" VALUES(2,'01M3HKD500001VAK6TB3XVXT3Y','01M3CEKQ000017HQF6WQYJKW2M',2,'emotional-debt.mother.look-again.01','What else could his silence mean?','The café, the long call — and „naïve“ me.','2026-03-02T21:20:00+00:00',NULL,1);
INSERT INTO "answer" VALUES(3,'01M3PR6K00002F3EYDSFX57R58','01M3M5SW000025712M29XGJS4K',1,NULL,NULL,'A line, from the train.','2026-07-04T08:05:00+02:00',NULL,NULL);
INSERT INTO "answer" VALUES(4,'01M3VX01000032WAP17VWEHP6J','01M3SAKA00002RZWT7GNWSWQ5X',1,'individuation.mother.notice.01','What is so?','Stays.','2026-08-01T21:14:00+00:00',NULL,NULL);
INSERT INTO "answer" VALUES(5,'01M3YFCR00003CRRHTZ1W36N77','01M3SAKA00002RZWT7GNWSWQ5X',2,'individuation.mother.tend.01','What do I need?','In the trash.','2026-08-01T21:14:00+00:00','2026-08-02T21:14:00+00:00',1);
CREATE VIRTUAL TABLE "answer_fts" USING FTS5 (
    "text",
    tokenize='unicode61 remove_diacritics 2',
    content="answer"
);
INSERT INTO answer_fts (answer_fts) VALUES ('rebuild');
CREATE TABLE "bond" (
   "id" TEXT PRIMARY KEY,
   "role" TEXT NOT NULL,
   "name" TEXT NOT NULL,
   "call" TEXT NOT NULL,
   "they" TEXT NOT NULL,
   "contact" TEXT NOT NULL,
   "put_away" INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "bond" VALUES('01M34QDJ000009WDVSQ5ZMMZ0N','mother','Daniel','my son','he','in-touch',0);
INSERT INTO "bond" VALUES('01M379T900000KRVQKEBZ99Y1A','child','Mum O''Brien','Mum','she','none-my-choice',1);
CREATE TABLE "checkin" (
   "session_id" TEXT REFERENCES "session"("id"),
   "measure" TEXT,
   "value" INTEGER NOT NULL,
   PRIMARY KEY ("session_id", "measure")
);
INSERT INTO "checkin" VALUES('01M3CEKQ000017HQF6WQYJKW2M','nearness',4);
INSERT INTO "checkin" VALUES('01M3CEKQ000017HQF6WQYJKW2M','owed',6);
INSERT INTO "checkin" VALUES('01M3CEKQ000017HQF6WQYJKW2M','mood',3);
INSERT INTO "checkin" VALUES('01M3CEKQ000017HQF6WQYJKW2M','mood-after',4);
INSERT INTO "checkin" VALUES('01M411SF00003PN6DMP7VQVM7W','mood',2);
INSERT INTO "checkin" VALUES('01M43M66000040HM9EDDVCGK8H','nearness',5);
CREATE TABLE "draft" (
   "session_id" TEXT REFERENCES "session"("id"),
   "prompt" TEXT,
   "question" TEXT,
   "text" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   PRIMARY KEY ("session_id", "prompt")
);
INSERT INTO "draft" VALUES('01M43M66000040HM9EDDVCGK8H','safest-place.mother.notice.01','When were you last the safest place?','On Sunday he shouted at me, and','2026-11-20T21:19:00+00:00');
INSERT INTO "draft" VALUES('01M3CEKQ000017HQF6WQYJKW2M','edit.01M3HKD500001VAK6TB3XVXT3Y','What else could his silence mean?','The café, the long call, the','2026-11-20T21:30:00+00:00');
CREATE TABLE "revision" (
   "row" INTEGER PRIMARY KEY,
   "answer_id" TEXT NOT NULL REFERENCES "answer"("id"),
   "text" TEXT NOT NULL,
   "at" TEXT NOT NULL
);
INSERT INTO "revision" VALUES(1,'01M3F10E00001HE5B0KXY78V39','When I posted the parcel and waited for a word.
No word came.','2026-03-05T21:14:00+00:00');
INSERT INTO "revision" VALUES(2,'01M3F10E00001HE5B0KXY78V39','When I posted the parcel, and waited.','2026-03-06T21:14:00+00:00');
CREATE TABLE "session" (
   "row" INTEGER PRIMARY KEY,
   "id" TEXT NOT NULL,
   "ref" TEXT NOT NULL,
   "bond_id" TEXT NOT NULL REFERENCES "bond"("id"),
   "cause" TEXT,
   "at" TEXT NOT NULL,
   "day" TEXT NOT NULL,
   "seconds" INTEGER,
   "progress" TEXT,
   "trashed_at" TEXT
, "path" TEXT);
INSERT INTO "session" VALUES(1,'01M39W7000000XN9KD5HYXYX1Z','yx1z','01M34QDJ000009WDVSQ5ZMMZ0N',NULL,'2026-03-01T21:14:00+00:00','2026-03-01',NULL,NULL,NULL,NULL);
INSERT INTO "session" VALUES(2,'01M3CEKQ000017HQF6WQYJKW2M','kw2m','01M34QDJ000009WDVSQ5ZMMZ0N','emotional-debt','2026-03-02T21:14:00+00:00','2026-03-02',660,NULL,NULL,'emotional-debt.3');
INSERT INTO "session" VALUES(3,'01M3M5SW000025712M29XGJS4K','js4k','01M379T900000KRVQKEBZ99Y1A',NULL,'2026-07-04T08:05:00+02:00','2026-07-04',NULL,NULL,NULL,NULL);
INSERT INTO "session" VALUES(4,'01M3SAKA00002RZWT7GNWSWQ5X','wq5x','01M34QDJ000009WDVSQ5ZMMZ0N','individuation','2026-08-01T21:14:00+00:00','2026-08-01',300,NULL,NULL,NULL);
INSERT INTO "session" VALUES(5,'01M411SF00003PN6DMP7VQVM7W','vm7w','01M34QDJ000009WDVSQ5ZMMZ0N',NULL,'2026-08-03T21:14:00+00:00','2026-08-03',20,NULL,'2026-08-04T21:14:00+00:00',NULL);
INSERT INTO "session" VALUES(6,'01M43M66000040HM9EDDVCGK8H','gk8h','01M34QDJ000009WDVSQ5ZMMZ0N','safest-place','2026-11-20T21:14:00+00:00','2026-11-20',NULL,'{"at": "asking", "prompts": ["safest-place.mother.notice.01"]}',NULL,NULL);
CREATE TABLE "setting" (
   "key" TEXT PRIMARY KEY,
   "value" TEXT NOT NULL
);
INSERT INTO "setting" VALUES('bond','01M34QDJ000009WDVSQ5ZMMZ0N');
CREATE TABLE "shown" (
   "bond_id" TEXT REFERENCES "bond"("id"),
   "prompt" TEXT,
   "day" TEXT NOT NULL,
   "depth" TEXT,
   PRIMARY KEY ("bond_id", "prompt")
);
INSERT INTO "shown" VALUES('01M34QDJ000009WDVSQ5ZMMZ0N','emotional-debt.mother.notice.02','2026-03-02','light');
INSERT INTO "shown" VALUES('01M34QDJ000009WDVSQ5ZMMZ0N','emotional-debt.mother.look-again.01','2026-03-02','deep');
CREATE TABLE "step" (
   "session_id" TEXT PRIMARY KEY REFERENCES "session"("id"),
   "practice" TEXT,
   "plan" TEXT NOT NULL,
   "state" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "state_at" TEXT NOT NULL
);
INSERT INTO "step" VALUES('01M3CEKQ000017HQF6WQYJKW2M','ask-before-advice','When I want to give advice, I will ask first.','done','2026-03-02T21:14:00+00:00','2026-03-20T21:14:00+00:00');
CREATE TABLE "way_in" (
   "session_id" TEXT REFERENCES "session"("id"),
   "cause" TEXT,
   "mark" INTEGER NOT NULL,
   PRIMARY KEY ("session_id", "cause")
);
INSERT INTO "way_in" VALUES('01M39W7000000XN9KD5HYXYX1Z','invisible-constancy',1);
INSERT INTO "way_in" VALUES('01M39W7000000XN9KD5HYXYX1Z','individuation',3);
INSERT INTO "way_in" VALUES('01M39W7000000XN9KD5HYXYX1Z','emotional-debt',2);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX "idx_bond_role_name"
    ON "bond" ("role", "name");
CREATE UNIQUE INDEX "idx_session_id"
    ON "session" ("id");
CREATE UNIQUE INDEX "idx_session_ref"
    ON "session" ("ref");
CREATE INDEX "idx_session_day_at_id"
    ON "session" ("day", "at", "id");
CREATE INDEX "idx_session_bond_id_day"
    ON "session" ("bond_id", "day");
CREATE INDEX "idx_session_bond_id_cause_day"
    ON "session" ("bond_id", "cause", "day");
CREATE INDEX session_on_path ON session (bond_id, path) WHERE path IS NOT NULL;
CREATE INDEX session_month_day ON session (substr(day, 6), day);
CREATE INDEX session_unfinished ON session (bond_id) WHERE progress IS NOT NULL;
CREATE INDEX session_trashed ON session (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE UNIQUE INDEX "idx_answer_id"
    ON "answer" ("id");
CREATE UNIQUE INDEX "idx_answer_session_id_position"
    ON "answer" ("session_id", "position");
CREATE INDEX "idx_answer_prompt_at"
    ON "answer" ("prompt", "at");
CREATE TRIGGER "answer_ai" AFTER INSERT ON "answer" BEGIN
  INSERT INTO "answer_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE TRIGGER "answer_ad" AFTER DELETE ON "answer" BEGIN
  INSERT INTO "answer_fts" ("answer_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
END;
CREATE TRIGGER "answer_au" AFTER UPDATE ON "answer" BEGIN
  INSERT INTO "answer_fts" ("answer_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
  INSERT INTO "answer_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE INDEX "idx_revision_answer_id"
    ON "revision" ("answer_id");
COMMIT;
PRAGMA application_id=1836016228;
PRAGMA user_version=2;
