"""German dates and numbers where Django's own German formats differ from what people here write."""

DATE_FORMAT = "j. F Y"
SHORT_DATE_FORMAT = "d.m.Y"
DATETIME_FORMAT = "j. F Y, H:i \\U\\h\\r"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i \\U\\h\\r"
TIME_FORMAT = "H:i \\U\\h\\r"
YEAR_MONTH_FORMAT = "F Y"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
