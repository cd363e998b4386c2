"""Given names that are common in many languages, in Latin letters: evidence that two words are somebody's name."""

from __future__ import annotations

import unicodedata

from litdb.model import Name

GIVEN_NAMES = frozenset(
    """
    aaron abby abdul abdullah abdulrahman abena abhinav abhishek abigail abraham abram adaeze adam addison addy
    adebayo adele aditya adnan adrian adriana adriano afonso agnes agnieszka ahmad ahmed ahmet aidan aiden aileen
    ainhoa aino aisha aishwarya aisling ajay akash akhil akira akos akosua aksel akshay alain alan alana alastair
    alban albert alberto albrecht alejandra alejandro aleksandar aleksandr aleksandra aleksei aleksey alena ales
    alessandro alessia alessio alex alexa alexander alexandra alexandre alexandros alexei alexis alfonso alfred ali
    alice alicia alicja alina alison alistair allan allen allison allyson alojz alok alvaro alyssa aman amanda amara
    amber ambrose amelia amina amir amit amitabh amjad amnon amos amy ana anand ananya anastasia anastasios anatoly
    anders andras andrea andreas andrei andrej andres andrew andrey andris andy aneta anette angela angelica angie
    angus anibal aniket aniko anil anirudh anita anja anjali anke ann anna annabelle anne annelies annelise annette
    annie annika anouk anselm anthony antje antoine anton antonella antonio antti anupam anurag aoife aparna
    apostolos arash archana ari ariane arianna arie ariel arif arild aristides arjan arjun arkadiusz arkady arnau
    arne arno arnold artem arthur arturo arun arve asad asaf asbjorn asger asher ashish ashley ashok ashwin ashwini
    asier astrid athanasios attila atul audrey augustin aurelio ava avery avi avital aviv avraham axel ayman ayodele
    ayse ayush aziz babajide babak balazs balint barak barbara barnabas barry bart bartosz bastian beata beate
    beatrice beatriz becky behnam ben bence benedetta benedict benjamin benoit bente bernadette bernard bernardo
    bernd bernhard bernice berta bertrand beth bethany betty beverly bianca bijan bilal bill birgit birgitte bjorn
    blake boaz bob bodil bogdan bogdana boguslaw bohdan bojan bonnie boris borje bostjan brad bradley bram brandon
    branislav branko brenda brendan brent brett brian brianna bridget brigid brigitte britta brittany bronwyn brooke
    bruce bruno bryan bryce bukola burak caetano caio caitlin caleb calvin cameron camila camille candice cara
    carina carl carla carles carlo carlos carmela carmen carol carole carolien caroline carolyn carrie carsten casey
    cassandra cassidy cassie catarina cathal catherine cathy cecile cecilia cedric celia ceren cesar cesare cezary
    chad chaim chana chantal charlene charles charlie charlotte chelsea cheryl chetan chiamaka chiara chinedu chioma
    chloe chris christiaan christian christiane christina christine christof christoffer christoph christopher
    christos christy chuck chukwuma cian ciaran cindy claire clara clare clarence claude claudia claudio clemens
    clifford clint cody colin colleen colm conall connor conor conrad constance corey corinna cormac cornelia
    cornelis cory cosmin courtney craig cristian cristiano cristina csaba curt curtis cynthia cyril cyrus dafydd
    dagmar daisuke daithi dale dalia dalit damian damien damon dan dana daniel daniela danielle danique danit danny
    daphne dario darius dariush dariusz darragh darrell darren darryl dave davi david davide dawid dean deanna
    debashish debbie deborah debra deepak deepika deirdre dejan delia delores delphine demis denis denise dennis
    denny derek desiree desmond despina devika devin dexter dhruv diana diane diarmuid didier diederik diego dieter
    dimitrios dimitris dina dinesh diogo dirk divya djordje dmitri dmitriy dmitry dolores domenico dominic dominik
    dominique don donal donald donghyun donna donovan dorian doris dorota dorothea dorothy dorte doug douglas dov
    dragan dragos dror duane duarte dubravka duc duncan dusan dustin dwayne dwight dylan eamon eamonn earl ebele
    ebru eddie edgar edgars edith edmond edmund edna edoardo edouard eduarda eduardo edward edwin eefje eero efrat
    ehud eija eileen eilidh eirik eirini eitan ekaterina elad elaine elena eleni eli elias eliezer elif elijah elin
    eline elisa elisabet elisabeth eliza elizabeth elke ella ellen ellie ellinor elliot elliott elmer elodie eloise
    elsa elvira elvis emanuel emanuela emanuele emerson emil emile emilia emiliano emily emine emma emmanuel emre
    emrys enid enrique enzo eoin eran erez eric erica erich erik erika erin ernest ernesto ernie erwin esa esmee
    espen esra esteban esther eszter ethan ethel etienne eugene eugenia eunji eva evan evangelos eve evelyn evert
    evgeniya evgeny ewa ewan eyal ezra fabian fabiana fabien fabio fabiola fabrice fabrizio faisal farah fares
    farhad farhan farid fatih fatima fatma fausto faye federica felicia felipa felipe felix femke feng ferdinand
    ferenc fergal fergus fernanda fernando ferran fiadh filip filipe filippo finbar finn fiona fionn flavia flavio
    fleur florian florin floris floyd folake franc frances francesca francesco francis francisca francisco francois
    frank franz fred freda freddie frederic frederick freja friedrich frits fritz frode fyodor gabor gabriel
    gabriela gabriella gadi gael gail galina gareth gary gaspar gasper gaurav gavin geert geeta geir genevieve
    gennady geoff geoffrey geoffroy george georgios gerald geraldine gerard gerardo gerben gerd gergely gerhard
    gerrit gertrude gethin gheorghe giacomo gianluca gianni gideon gijs gila gilad gilbert gilberto gilda giles
    gillian gina gintaras giorgia giorgio giorgos giovanna giovanni girish gitte giulia giuseppe gizem glen glenda
    glenn gloria goncalo gonzalo gopal goran gordana gordon govind graca graham grainne grant grazyna greg gregor
    gregory greta gretchen grethe grigory gro grzegorz guido guilherme guillaume guillermo gunilla gunnar gunther
    gus gustav gustavo guy gwen gwendolyn gyorgy gyula hadas hadi hailey haim hakan haki hakon halina halvor hamid
    hamish hamza hank hannah hannes hannu hans hansueli hao harald harish harold haroon harriet harry hartmut haruka
    haruki harvey hassan hatice heather hector hedda heidi heike heikki heiko hein heinrich heinz heitor helder
    helen helena helene helga helle hemant hendrik henk henning henri henrik henrique henry henryk herbert herman
    herve hieu hila hilary hilde hiroki hiroshi hisham hoang holly horia horst hossein howard hubert hugh hugo hui
    hulya humberto hung huong hussein huw hyejin hyun iago iain ian ibrahim ida idan ido ieuan ifeoma ignacio
    ignatius igor ikenna iker ilan ilaria ildiko ilenia ilia ilkka ilse ilya iman imke imogen imre inbal ines inger
    ingmar ingo ingrid inigo inna ioana ioannis iolo ionut irena irene irina iris irving isaac isabel isabella
    isabelle isaiah ishaan ismael ismail istvan itai itamar itziar iulia iulian ivan ivana ivar ivo iwona izabela
    jaakko jaap jacek jack jackie jackson jacob jacopo jacqueline jacques jadwiga jaehyun jaime jaka jake jakob
    jakub jamal james jamie jamila jan jana jane janet janez janice janis janko janneke janos janusz jared jari
    jaroslav jaroslaw jarrod jarvis jasmine jason jasper javier jay jayden jayne jean jeanette jeanne jed jeff
    jeffery jeffrey jelena jelle jen jenna jennifer jenny jens jerald jeremiah jeremie jeremy jeroen jerome jerry
    jerzy jesper jess jesse jessica jesus jian jihoon jill jim jimmy jing jiri jisoo jitka jiyoung joachim joan
    joana joanna joanne joao joaquim joaquin jocelyn jochem jochen jodi jodie joe joel joelle joep joerg joey johan
    johanna johannes john johnny jolanda jolanta jolene jon jonas jonathan jonne joost jordan jordi jorg jorge
    jorgen joris jose josef joseph josephine josh joshua josiah josue jouni jovan jovana joy joyce jozef jozsef juan
    juanita judi judith judy juha juhani jukka julia julian juliana julie juliet julieta juliette julio julius jun
    jurgen jurjen justin justine justyna jyoti kacper kadri kai kaisa kaitlyn kalle kamil kamran karel karen kari
    karim karima karin karina karl karla karol karolina karsten karthik karyn kasia kasper katalin katariina
    katarina katarzyna kate katelyn katelynn katerina katharina katharine katherine kathie kathleen kathryn kathy
    katie katja katrin katrina kaveh kavya kaye kayla kazuki kazuo kees keiko keith kelechi kelli kelly kelsey
    kelvin kemal ken kendall kendra kenji kenneth kenny kenta kerem kerri kerry kerstin kestutis kevin khalid khanh
    kieran kim kimberly kimmo kinga kiran kirill kirsten kirsty kjell kjetil klaas klara klaus knut koen kofi koji
    konrad konstantin konstantinos kostas kourosh kris krista kristen kristian kristin kristina kristine kristjan
    kristoffer kristy kristyna krisztina krystyna krzysztof ksenia kumiko kunal kurt kwabena kwame kwasi kyle
    lachlan ladislav laia lajos lakshmi lalit lana lance lara larisa larry lars laszlo laura lauren laurence laurent
    laurentiu lauri laurie lawrence layla lea leah leandro leanne lee leena leif leila lena lenka lennart leo leon
    leonard leonardo leonid leonidas leonor leonora leopold lerato leroy leslie leszek leticia letizia levente levi
    lewis liam liana lianne libor lidia lieke lieve liga ligia lila lillian lily lina linda lindsay lindsey linh
    linus lionel lior liron lisa lisbeth livia liviu liz liza ljubomir llinos loic lois lola lonneke loren lorena
    lorenzo lori lorna lorraine lothar lotte louis louisa louise lowri luana lubos luc luca lucas lucia lucian
    luciana lucie lucinda lucio lucy ludek ludwig luigi luis luisa luiza luka lukas lukasz luke lutz lydia lyle
    lyndon lynn lyudmila maaike maarten maayan mabel machteld maciej mackenzie madalina maddie madeleine madeline
    madhav madison maeve mafalda magdalena maggie magnus mahesh mahmoud mahmud maija maike mairead maite majid
    makoto maksim malachy malcolm malgorzata malin mallory malte manfred manish mansour manuel manuela mara marc
    marcel marcela marcelle marcelo marcia marcin marcio marco marcos marcus marek margaret margarete margarida
    margarita margo margot marguerite maria marian mariana mariann marianne mariano marie marieke mariel marija
    marije marijke mariko marina mario marion marisa marisol marissa marit marius mariusz marja marjan marjatta
    marjolein marjorie mark marketa markku marko markus marla marlene marlon marsha mart marta martha martijn martim
    martin martina marton marty marvin marwan mary maryam maryann marzena masashi masato mason massimo mateo mateusz
    mathew mathias mathieu mathilda mathilde matilde mats matt matteo matthew matthias matthijs matti mattias matyas
    maud maura maureen maurice mauricio mauro max maxim maxime maximilian maxine maya mayank maziar mechthild meera
    megan mehdi mehmet meir melanie melina melinda melis melissa melvin menachem mercedes meredith merle mert merve
    mette mhairi mia michael michaela michail michal micheal michel michele michelle michiel michiko mieke miguel
    mihaela mihai mihir mika mikael mike mikhail miki mikkel mikko miklos mikolaj mila milada mildred milena miles
    milica milo milos mina mindaugas mindy minh minji minjun minna minnie miranda mircea mireia miriam mirko
    miroslav miroslava miroslaw mitch mitchell mitzi mladen mohamed mohammad mohammed mohan mohit mohsen moira molly
    mona monica monika monique montserrat morag mordechai morgan moritz morten moses moshe mounir mpho muhammad
    muireann mukesh murad murat murilo mustafa mykola myles myra myron nabil nadav nadezhda nadia nadim nadine nadja
    naftali najib nancy nandini nanette naoki naomi naoto nasser natalia natalie natascha natasha nate nathan
    nathaniel naveen navid nazli neal nebojsa ned neel neha neil nell nelson nemanja nenad nerea nerys nettie ngoc
    ngozi nhung niall niamh nicholas nick nico nicola nicolai nicolas nicole nicoletta niels nienke nigel nikhil
    nikita niklas niko nikola nikolai nikolaos nikolay nikos nils nina nir nisha nitin nizar nkechi nnamdi noa noah
    noam noel noelle nora norbert noreen noriko norma norman nuala nuno nuria nynke obinna octavia octavian octavio
    odell odile ofer ofir oisin oksana olaf olamide olav oleg oleksandr oleksiy olga oliver olivia olivier olli olof
    oluwaseun oluwatosin omar omer omid omri ondrej oren oriol orit orla orly orsolya orville osama oscar oskar
    osman osnat otavio otis otto ove ovidiu owain owen oyvind ozan ozgur pablo padraig paige paivi pallavi pam
    pamela panagiotis pankaj paola paolo parisa parth pascal patricia patricio patrick patrik patrycja patsy patti
    paul paula paulien pauline paulo pavel pavla pawel pedro peggy pekka penelope penny pentti percy pernille petar
    pete peter petr petra petri phil philip philipp philippa philippe phillip phoebe phuong phyllis pierce pierre
    pieter pietro pinar piotr pirjo pirkko piyush pleun polina polly pooja porter pouya prabhat pradeep prakash
    pramod pranav prasad prashant prateek praveen predrag preeti preston priit priya priyanka przemyslaw qiang quang
    quentin quinn quynh rachel rachna radek radim radoslaw radovan radu rafael rafaela rafal rafiq raghav raghu
    rahul raimund rainer raj rajan rajat rajeev rajesh rakesh ralf ralph raluca raman ramesh rami ramin ramiro ramon
    ramona randal randall randy rania ranjan raphael raquel rasa rashid rashmi rasmus ratko raul ravi ray raymond
    razvan rebecca regina reginald regula reid reinhard reinier reka remi renan renata renate renato rene renee
    renske reto reuven rex reza rhiannon rhodri rhonda rhys rianne ricarda ricardo richard rick ricky rico riikka
    rikke riley risto rita ritu rivka riyad rob robbert robbie robert roberta roberto robin robyn rochelle rod
    roderick rodney rodrigo roel roger rogerio rohan rohin rohit roisin roland rolf romain roman romina romy ron
    ronald ronan ronen roni ronit ronnie rory rosa rosalie rosalind rosanna rosario roscoe rosemarie rosemary rosie
    ross rostislav rowan roxana roxanne roy ruairi ruben rudolf rudy ruedi ruediger rufus rui rupa rupert ruslan
    russ russell ruta ruth ruud ryan ryo ryota ryszard saad saara sabine sabrina sachiko sachin sadie saeed sagi
    salim sally salma salvador salvatore sam samantha sami samir samira samuel sandeep sander sandip sandor sandra
    sandy sangeeta sanghoon sanja sanjana sanjay sanjeev sanna sanne santiago saoirse sara sarah sari sarita sasa
    sascha sasha saskia satish satoshi saul saurabh scott sean sebastian sebastien selena selim selin selma semyon
    seppo serena serge sergei sergey sergio serhiy serkan seth seung sevgi shaheen shahid shahram shai shalini shana
    shane shannon shari sharon shashank shaul shaun shawn shayne sheila shelby shelia shelly sheri sherman sherry
    sheryl shigeru shilpa shimon shinji shira shirin shirley shivani shlomo shmuel shota shreya shruti shubham sian
    siavash sid siddharth sidney sietske signe sigrid sigurd silke silvia silvio silviu simon simone sinan sindre
    sinead siobhan sipho sizwe sjoerd slavko slavoj slawomir slobodan smita sneha snezana sofia sofie solomon
    solveig sonal sonia sonja sonya soojin sophia sophie soraya sorcha soren soumya spencer spyros srdjan srinivas
    stacey stacia stacie stacy stan stanislav stanislava stanislaw stanley stavros stefan stefania stefanie steffan
    steffen steinar stelios stella stepan stephan stephane stephanie stephen stevan steve steven stewart stijn
    stuart subhash suchitra sudhir sue sujata sumit sungmin sunil sunita suresh susan susana susanna susannah
    susanne sushil suzanne sven svend sverre svetlana swati sybil sylvester sylvia sylvie sylwia szabolcs szilvia
    szymon tabitha tadeusz tadhg tahir taina tainara takahiro takashi takeshi talal tali tamar tamara tamas tamika
    tammy tania tanja tanvi tanya tao tapio tara taras tariq taro tarun tasha tatiana tatjana tatum tatyana taylor
    ted teemu telmo temitope teodor teresa tereza terje tero terrence terri terry tess tessa tetsuya teun thabo
    thaddeus thanh thanos thao thea thelma themba theo theodor theodora theodore theodoros theresa thiago thierry
    thijs thomas thorbjorn thorsten thuy tia tiago tibor tiffany tihomir tiina tiit tijn tijs tilman tim timea timo
    timothy timur tina tinashe tjeerd tobias tobin toby todd tolga tom tomas tomasz tomer tomislav tommaso tommy
    tomoko tomos tony tore torsten tove tracey tracy trang travis trent trevor trish tristan trond troy trudy truus
    tuan tudor tugba tunde tuomas tushar tuuli tuva tuyen tyler tyrone uday ueli ugo ugur ulf ulrich ulrika ulrike
    umberto umesh unai uri uriel urmas uros urs ursula urszula usha uwe vaclav vadim vaibhav vaino valentin
    valentina valeria valerie valeriy vandana vanessa varun vasco vasile vasiliki vasilis vasily vassilis vegard
    veikko veit velma vendula venkat vera verena verna vernon veronica veronika vesna viacheslav vicente vicki vicky
    victor victoria vidar vidya viggo vijay vikas vikki vikram viktor viktoria ville vilmos vinay vince vincent
    vincenzo vineet vinicius vinod viola virgil virginia vishal vit vitaly vitor vittoria vivek vivian viviana
    vivien vlad vladan vladimir vladimira vladislav vojtech volkan volker volodymyr vreni vuk vyacheslav vytautas
    wade waldemar walid walter walther walti wanda wanjiru warren wasim wayne wei wendell wendy werner werni wesley
    wessel wiebke wieslaw wiktor wilbur wilfred wilhelm willem willemijn william willow wilma wim winfried winifred
    winston witold wojciech wolfgang wout wouter xander xavier xiang xiao ximena xin yaakov yael yago yair yana yann
    yannick yannis yaron yaroslav yash yasin yasir yasmin yavuz yegor yehuda yelena yevgeny yigal yigit yitzhak yoko
    yolanda yolande yonatan yorick yosef yoshio yoshua yossi youngmin youssef yuki yukiko yulia yuri yuriy yury
    yusuf yusuke yuta yuval yves yvette yvonne zach zachariah zachary zack zahra zainab zbigniew zbynek zdenek
    zdenka zdravko zeev zeinab zeljko zeynep zhanna zhen zhi ziv zlatko zodwa zoe zofia zohar zoltan zoran zsofia
    zsolt zuzana zuzanna zvi zvika
    """.split()
)
"""In lower case without accents.

Words that rather name things (Grace, Hope, Art, Rose, Mercury) are left out where they mislead.
"""


_LETTERS = str.maketrans("łøıđ", "loid")
"""Letters whose strokes and missing dots are no accents in Unicode."""


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name.

    >>> [is_given_name(word) for word in ("Łukasz", "JOÃO", "Coach")]
    [True, True, False]
    """
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(filter(str.isalpha, plain)) in GIVEN_NAMES


def has_given_name(name: Name) -> bool:
    """Whether a person's name begins with a common given name: more than its form says that it is one.

    >>> has_given_name(Name(family="Leike", given="Jan")), has_given_name(Name(family="Coach", given="Hevy"))
    (True, False)
    """
    return is_given_name(name.given.partition(" ")[0])
