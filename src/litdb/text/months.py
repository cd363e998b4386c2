"""Names of months as dates have them, in the languages of the pages that researchers cite."""

from __future__ import annotations

_OTHER = "-"
"""Stands for a name that is another month's in another language."""
_BY_LANGUAGE = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
januar februar marz april mai juni juli august september oktober november dezember
jaenner feb maerz apr mai jun jul aug sept okt nov dez
janner febrer maret avr maig juny juil agost sept octobre novembre decembre
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
janv fevr mart abr mei jun juliol ago set octubre noviembre diciembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb marzo abril mayo junio julio agosto setiembre oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
gener fev marc abril maig juny juliol agost setembre octubre novembre desembre
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november desember
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta marraskuuta \
joulukuuta
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
januara februara marca aprila maja juna jula augusta septembra oktobra novembra decembra
januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου
jaanuar veebruar marts aprill mai juuni juuli august september oktoober november detsember
sijecnja veljace ozujka travnja svibnja lipnja srpnja kolovoza rujna - studenoga prosinca
януари февруари март април маи юни юли август септември октомври ноември декември
јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра
јануар фебруар март април мај јун јул август септембар октобар новембар децембар
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
januari februari maret april mei juni juli agustus september oktober november desember
يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
"""

MONTHS = {
    name: number
    for names in _BY_LANGUAGE.strip().splitlines()
    for number, name in enumerate(names.split(), start=1)
    if name != _OTHER
}
"""The number of each month by its names, in lower case without accents: English, German, French, Spanish, Italian,
Portuguese, Catalan, Romanian, Dutch, Swedish, Danish and Norwegian, Finnish, Polish, Czech, Slovak, Hungarian, Turkish,
Greek, Estonian, Croatian, Bulgarian, Serbian, Hebrew, Russian, Ukrainian, Indonesian and Arabic. No name stands for
two months: October in Croatian is November in Polish, and is left out."""
