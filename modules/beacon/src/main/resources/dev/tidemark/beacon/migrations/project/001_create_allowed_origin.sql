create table _allowed_origin (
    origin text primary key
);
