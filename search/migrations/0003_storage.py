from django.db import migrations

# The long vector leaves the row, so that counting reads few pages; what filters and sorts stays in it.
STORAGE = """
ALTER TABLE search_entry
    ALTER COLUMN words SET STORAGE EXTERNAL,
    ALTER COLUMN title_words SET STORAGE MAIN,
    ALTER COLUMN topics SET STORAGE MAIN;
ALTER TABLE search_entry SET (toast_tuple_target = 128);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_entries")]
    operations = [migrations.RunSQL(STORAGE, migrations.RunSQL.noop)]
